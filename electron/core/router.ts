import { implement, ORPCError } from '@orpc/server'
import { contract } from '#contract/index.ts'
import { StudyError, toFailure } from './errors.ts'
import type { StudyCore } from './study-core.ts'

/**
 * The contract over a core: one line a procedure, no logic. Anything thrown
 * crosses as one error whose `data` is the contract's Failure.
 */
export function makeRouter(core: StudyCore) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      throw asContractError(error)
    }
  })
  const {
    documents,
    folders,
    jobs,
    heavyWork,
    data,
    search,
    searchTerms,
    searchHistory,
    ask,
    quiz,
    study,
    mains,
    embedding,
    settings,
  } = core
  return os.router({
    documents: {
      list: os.documents.list.handler(() => documents.list()),
      get: os.documents.get.handler(({ input }) => documents.get(input)),
      importUploads: os.documents.importUploads.handler(({ input, signal }) => documents.importUploads(input, signal)),
      importSample: os.documents.importSample.handler(({ signal }) => documents.importSample(signal)),
      replace: os.documents.replace.handler(({ input, signal }) => documents.replace(input, signal)),
      retry: os.documents.retry.handler(({ input }) => documents.retry(input)),
      unlock: os.documents.unlock.handler(({ input, signal }) => documents.unlock(input, signal)),
      cancel: os.documents.cancel.handler(({ input }) => documents.cancel(input)),
      recognise: os.documents.recognise.handler(({ input }) => documents.recognise(input)),
      rename: os.documents.rename.handler(({ input }) => documents.rename(input)),
      move: os.documents.move.handler(({ input }) => documents.move(input)),
      delete: os.documents.delete.handler(({ input }) => documents.delete(input)),
      restore: os.documents.restore.handler(({ input }) => documents.restore(input)),
      page: os.documents.page.handler(({ input }) => documents.page(input)),
      markRead: os.documents.markRead.handler(({ input }) => documents.markRead(input)),
      highlight: os.documents.highlight.handler(({ input }) => documents.highlight(input)),
      collections: os.documents.collections.handler(() => documents.collections()),
      createCollection: os.documents.createCollection.handler(({ input }) => documents.createCollection(input)),
      renameCollection: os.documents.renameCollection.handler(({ input }) => documents.renameCollection(input)),
      deleteCollection: os.documents.deleteCollection.handler(({ input }) => documents.deleteCollection(input)),
      changes: os.documents.changes.handler(({ signal }) => stream(documents.changes(signal))),
    },
    folders: {
      list: os.folders.list.handler(() => folders.list()),
      add: os.folders.add.handler(({ input }) => folders.add(input)),
      choose: os.folders.choose.handler(() => folders.choose()),
      setMode: os.folders.setMode.handler(({ input }) => folders.setMode(input)),
      remove: os.folders.remove.handler(({ input }) => folders.remove(input)),
      importNew: os.folders.importNew.handler(({ input, signal }) => folders.importNew(input, signal)),
      dismissNew: os.folders.dismissNew.handler(({ input }) => folders.dismissNew(input)),
    },
    jobs: {
      list: os.jobs.list.handler(({ input }) => ({ jobs: jobs.list(input), paused: jobs.paused() })),
      retry: os.jobs.retry.handler(({ input }) => jobs.retry(input.jobId)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
      pauseAll: os.jobs.pauseAll.handler(() => jobs.pauseAll()),
      resumeAll: os.jobs.resumeAll.handler(() => jobs.resumeAll()),
      heavyWork: os.jobs.heavyWork.handler(({ signal }) => stream(heavyWork.changes(signal))),
      reportPower: os.jobs.reportPower.handler(({ input }) => heavyWork.reportPower(input)),
      runAnyway: os.jobs.runAnyway.handler(() => heavyWork.runAnyway()),
      changes: os.jobs.changes.handler(({ signal }) => stream(jobs.changes(signal))),
    },
    data: {
      info: os.data.info.handler(() => data.info()),
      backUp: os.data.backUp.handler(({ input }) => data.backUp(input)),
      restore: os.data.restore.handler(({ input }) => data.restore(input)),
      exportAll: os.data.exportAll.handler(({ input }) => data.exportAll(input)),
    },
    search: {
      query: os.search.query.handler(({ input, signal }) => search.search(input, signal)),
      similar: os.search.similar.handler(({ input, signal }) => search.similar(input, signal)),
      history: os.search.history.handler(() => searchHistory.read()),
      noteSearch: os.search.noteSearch.handler(({ input }) => searchHistory.note(input.query)),
      saveSearch: os.search.saveSearch.handler(({ input }) => searchHistory.save(input.query, input.saved)),
      forgetSearch: os.search.forgetSearch.handler(({ input }) => searchHistory.forget(input.query)),
      terms: os.search.terms.handler(() => searchTerms.list()),
      saveTerms: os.search.saveTerms.handler(({ input }) => searchTerms.save(input)),
      removeTerms: os.search.removeTerms.handler(({ input }) => searchTerms.remove(input.id)),
      restoreTerms: os.search.restoreTerms.handler(({ input }) => searchTerms.restore(input.id)),
    },
    ask: {
      ask: os.ask.ask.handler(({ input, signal }) => stream(ask.ask(input, signal))),
      resume: os.ask.resume.handler(({ input, signal }) => stream(ask.resume(input, signal))),
      stop: os.ask.stop.handler(({ input }) => ask.stop(input)),
      conversations: os.ask.conversations.handler(({ input }) => ask.conversations(input)),
      conversation: os.ask.conversation.handler(({ input }) => ask.conversation(input)),
      rename: os.ask.rename.handler(({ input }) => ask.rename(input)),
      delete: os.ask.delete.handler(({ input }) => ask.delete(input)),
      restore: os.ask.restore.handler(({ input }) => ask.restore(input)),
    },
    quiz: {
      list: os.quiz.list.handler(() => quiz.list()),
      styles: os.quiz.styles.handler(() => quiz.styles()),
      exams: os.quiz.exams.handler(() => quiz.exams()),
      reach: os.quiz.reach.handler(() => quiz.reach()),
      create: os.quiz.create.handler(({ input }) => quiz.create(input)),
      get: os.quiz.get.handler(({ input }) => quiz.get(input)),
      questions: os.quiz.questions.handler(({ input }) => quiz.questions(input)),
      delete: os.quiz.delete.handler(({ input }) => quiz.delete(input)),
      begin: os.quiz.begin.handler(({ input }) => quiz.begin(input)),
      respond: os.quiz.respond.handler(({ input }) => quiz.respond(input)),
      tick: os.quiz.tick.handler(({ input }) => quiz.tick(input)),
      submit: os.quiz.submit.handler(({ input }) => quiz.submit(input)),
      exportQuestions: os.quiz.exportQuestions.handler(({ input }) => quiz.exportQuestions(input)),
      importQuestions: os.quiz.importQuestions.handler(({ input, signal }) =>
        stream(quiz.importQuestions(input, signal)),
      ),
      changeKey: os.quiz.changeKey.handler(({ input }) => quiz.changeKey(input)),
      drop: os.quiz.drop.handler(({ input }) => quiz.drop(input)),
      report: os.quiz.report.handler(({ input }) => quiz.report(input)),
      makeCard: os.quiz.makeCard.handler(({ input }) => quiz.makeCard(input)),
      restoreKey: os.quiz.restoreKey.handler(({ input }) => quiz.restoreKey(input)),
      attempts: os.quiz.attempts.handler(() => quiz.attempts()),
      review: os.quiz.review.handler(({ input }) => quiz.review(input)),
    },
    models: {
      shelf: os.models.shelf.handler(({ signal }) => core.models.shelf(signal)),
      pull: os.models.pull.handler(({ input }) => core.models.pull(input)),
      remove: os.models.remove.handler(({ input }) => core.models.remove(input)),
      warmUp: os.models.warmUp.handler(() => core.models.warmUp()),
      unload: os.models.unload.handler(() => core.models.unload()),
      tryAgain: os.models.tryAgain.handler(() => core.models.tryAgain()),
      setKey: os.models.setKey.handler(({ input }) => core.models.setKey(input)),
      activity: os.models.activity.handler(({ signal }) => stream(core.models.activity(signal))),
    },
    usage: {
      report: os.usage.report.handler(({ input }) => core.usage.report(input)),
      clearCache: os.usage.clearCache.handler(() => ({ forgottenCount: core.usage.clearCache() })),
    },
    embedding: {
      status: os.embedding.status.handler(() => embedding.status()),
      choices: os.embedding.choices.handler(({ signal }) => embedding.choices(signal)),
      use: os.embedding.use.handler(({ input }) => embedding.use(input)),
      cancel: os.embedding.cancel.handler(() => embedding.cancel()),
      forget: os.embedding.forget.handler(({ input }) => embedding.forget(input)),
    },
    study: {
      briefs: os.study.briefs.handler(() => study.briefs()),
      brief: os.study.brief.handler(({ input }) => study.brief(input)),
      chapters: os.study.chapters.handler(({ input }) => study.chapters(input)),
      summarise: os.study.summarise.handler(({ input }) => study.summarise(input)),
      compare: os.study.compare.handler(({ input }) => study.compare(input)),
      deleteBrief: os.study.deleteBrief.handler(({ input }) => study.deleteBrief(input)),
      restoreBrief: os.study.restoreBrief.handler(({ input }) => study.restoreBrief(input)),
      cards: os.study.cards.handler(({ input }) => study.cards(input)),
      makeCards: os.study.makeCards.handler(({ input, signal }) => study.makeCards(input, signal)),
      updateCard: os.study.updateCard.handler(({ input }) => study.updateCard(input)),
      deleteCards: os.study.deleteCards.handler(({ input }) => study.deleteCards(input)),
      restoreCards: os.study.restoreCards.handler(({ input }) => study.restoreCards(input)),
      cardsCsv: os.study.cardsCsv.handler(({ input }) => study.cardsCsv(input)),
    },
    syllabus: {
      tree: os.syllabus.tree.handler(({ input }) => core.syllabus.tree(input)),
    },
    mains: {
      directives: os.mains.directives.handler(() => mains.directives()),
      questions: os.mains.questions.handler(() => mains.questions()),
      addQuestion: os.mains.addQuestion.handler(({ input }) => mains.addQuestion(input)),
      importQuestions: os.mains.importQuestions.handler(({ input }) => mains.importQuestions(input)),
      exportQuestions: os.mains.exportQuestions.handler(({ input }) => mains.exportQuestions(input)),
      makeQuestions: os.mains.makeQuestions.handler(({ input }) => mains.makeQuestions(input)),
      deleteQuestion: os.mains.deleteQuestion.handler(({ input }) => mains.deleteQuestion(input)),
      restoreQuestion: os.mains.restoreQuestion.handler(({ input }) => mains.restoreQuestion(input)),
      begin: os.mains.begin.handler(({ input }) => mains.begin(input)),
      answer: os.mains.answer.handler(({ input }) => mains.answer(input)),
      save: os.mains.save.handler(({ input }) => mains.save(input)),
      submit: os.mains.submit.handler(({ input }) => mains.submit(input)),
      evaluateAgain: os.mains.evaluateAgain.handler(({ input }) => mains.evaluateAgain(input)),
      answers: os.mains.answers.handler(() => mains.answers()),
      deleteAnswer: os.mains.deleteAnswer.handler(({ input }) => mains.deleteAnswer(input)),
      restoreAnswer: os.mains.restoreAnswer.handler(({ input }) => mains.restoreAnswer(input)),
      exportAnswer: os.mains.exportAnswer.handler(({ input }) => mains.exportAnswer(input)),
    },
    system: {
      health: os.system.health.handler(() => core.health()),
      modelStatus: os.system.modelStatus.handler(() => core.modelStatus()),
      settings: os.system.settings.handler(() => settings.read()),
      updateSettings: os.system.updateSettings.handler(({ input }) => settings.update(input)),
    },
  })
}

/** Errors thrown in the midst of a stream cross the same way as those of a call. */
async function* stream<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source
  } catch (error) {
    throw asContractError(error)
  }
}

function asContractError(error: unknown): unknown {
  if (error instanceof ORPCError && error.code !== 'BAD_REQUEST') return error
  const failure = toFailure(error instanceof ORPCError ? describeBadInput(error) : error)
  return new ORPCError('STUDY_ERROR', { status: 500, message: failure.message, data: failure, cause: error })
}

/** The first thing the contract's schema found wrong, as a sentence. */
function describeBadInput(error: ORPCError<string, unknown>): StudyError {
  const [issue] = (error.data as { issues?: { message: string; path?: PropertyKey[] }[] } | undefined)?.issues ?? []
  const where = issue?.path?.length ? ` (${issue.path.join('.')})` : ''
  return new StudyError(
    'bad-input',
    `That could not be used: ${issue?.message ?? error.message}${where}. Nothing was changed.`,
    {
      cause: error,
    },
  )
}
