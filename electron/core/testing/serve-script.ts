import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test does to a scripted server, whatever it speaks, and sees of it. */
export interface ScriptedServer<Step> extends AsyncDisposable {
  readonly url: string
  /** Calls whose headers wait for `release()`. */
  readonly holdingCount: number
  /** The most calls that models worked on at once. */
  readonly mostAtOnce: number
  /** Behaviour of the coming calls, one each; the last stays. */
  script(...steps: Step[]): void
  /** Lets held headers go. */
  release(): void
  /** Resolves once `condition` holds; looked at whenever the server does something. */
  until(condition: () => boolean): Promise<void>
}

export interface ScriptRequest {
  path: string
  headers: IncomingMessage['headers']
  text: string
}

export interface ServerStage<Step> extends Omit<ScriptedServer<Step>, 'url' | keyof AsyncDisposable> {
  /** Something happened: who waits `until` looks again. */
  changed(): void
  /** Waits for `release`, or for the caller to leave. */
  hold(response: ServerResponse): Promise<void>
  /** How the coming call goes, left for it. */
  peekStep(): Step
  /** How this call goes. */
  takeStep(): Step
  /** Notes in `call` when its caller goes away before the end. */
  watch(call: { abandoned: boolean }, response: ServerResponse): void
  /** A call that a model works on. */
  work<Result>(run: () => Promise<Result>): Promise<Result>
}

/** The script of a server, and what is seen of the calls while they run. `usual` is how a call goes without a script. */
export function makeServerStage<Step>(usual: Step): ServerStage<Step> {
  const watchers = new Set<() => void>()
  const held = new Set<() => void>()
  let steps: readonly Step[] = [usual]
  let inModel = 0
  let mostAtOnce = 0
  const changed = () => {
    for (const watcher of [...watchers]) watcher()
  }
  return {
    changed,
    hold: (response) =>
      new Promise<void>((resolve) => {
        held.add(resolve)
        response.once('close', resolve)
        changed()
      }),
    peekStep: () => steps[0] ?? usual,
    takeStep() {
      const [step = usual, ...rest] = steps
      if (rest.length > 0) steps = rest
      return step
    },
    watch(call, response) {
      response.on('close', () => {
        call.abandoned = !response.writableFinished
        changed()
      })
    },
    async work(run) {
      inModel++
      mostAtOnce = Math.max(mostAtOnce, inModel)
      try {
        return await run()
      } finally {
        inModel--
      }
    },
    get holdingCount() {
      return held.size
    },
    get mostAtOnce() {
      return mostAtOnce
    },
    script(...next) {
      steps = next
    },
    release() {
      for (const go of held) go()
      held.clear()
    },
    until: (condition) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!condition()) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
  }
}

/**
 * Serves on a free port of this computer. The result is `state` itself with the server's own
 * members, so that what a test sets on it is what `route` looks at.
 */
export async function serveScript<State extends object, Step>(
  stage: ServerStage<Step>,
  state: State,
  { basePath = '', route }: { basePath?: string; route(request: ScriptRequest, response: ServerResponse): unknown },
): Promise<State & ScriptedServer<Step>> {
  const server = createServer(async (request, response) => {
    try {
      const text = Buffer.concat(await request.toArray()).toString('utf8')
      await route({ path: request.url ?? '', headers: request.headers, text }, response)
    } catch (error) {
      response.destroy(error as Error)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const members = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
    get holdingCount() {
      return stage.holdingCount
    },
    get mostAtOnce() {
      return stage.mostAtOnce
    },
    script: stage.script,
    release: stage.release,
    until: stage.until,
    [Symbol.asyncDispose]: () => endServer(server),
  } satisfies ScriptedServer<Step>
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(members)) as State & ScriptedServer<Step>
}

export function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
}

/** The line breaks, but only once what was written has gone out: what is cut is the rest. */
export function cutOff(response: ServerResponse): void {
  response.write('', () => setImmediate(() => response.destroy()))
}

async function endServer(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
