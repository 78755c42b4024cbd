import { ActionIcon, Button, Loader, Menu } from '@mantine/core'
import { IconDots, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuizSummary } from '#contract/quiz.ts'
import { failureOf } from '../../client/index.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './quiz-row.module.css'
import { useBeginTest } from './use-begin-test.ts'
import { useMarks } from './use-marks.ts'
import { useStyleName } from './use-styles.ts'

/** One quiz: what it is, how it stands, and the one thing to do next. */
export function QuizRow(props: { quiz: QuizSummary; nowMs: number; onDelete(): void }) {
  const { quiz, nowMs, onDelete } = props
  const { t } = useTranslation()
  const styleName = useStyleName()
  const format = useFormat()
  const { marks } = useMarks()
  const begin = useBeginTest()
  const { lastAttempt, openAttemptId, status, questionCount } = quiz
  const path = `/quizzes/${encodeURIComponent(quiz.id)}`
  const canTake = questionCount > 0 && status !== 'making'
  return (
    <li className={styles.row} data-testid="quiz-row">
      <div className={styles.texts}>
        <Link href={path} className={styles.title} title={quiz.title}>
          {quiz.title}
        </Link>
        <p className={`${styles.facts} tabular`}>
          {status === 'making'
            ? t('quiz.list.progress', { count: questionCount, total: quiz.requestedCount })
            : t('common.questions', { count: questionCount })}
          {' · '}
          {styleName(quiz.style)}
          {' · '}
          {lastAttempt
            ? t('quiz.list.taken', { when: format.relative(Math.min(lastAttempt.submittedAtMs, nowMs), nowMs) })
            : t('quiz.list.made', { when: format.relative(Math.min(quiz.createdAtMs, nowMs), nowMs) })}
        </p>
        {begin.error && <p className={styles.problem}>{t(`failures.${failureOf(begin.error).code}.title`)}</p>}
      </div>
      <div className={styles.standing}>
        {status === 'making' ? (
          <span className={styles.badge}>
            <Loader size={12} /> {t('quiz.status.making')}
          </span>
        ) : openAttemptId ? (
          <span className={styles.badge} data-tone="open">
            {t('quiz.status.open')}
          </span>
        ) : lastAttempt ? (
          <span
            className={`${styles.score} tabular`}
            title={t('quiz.list.scoreLabel', {
              score: marks(lastAttempt.scoreUnits),
              max: marks(lastAttempt.maxUnits),
            })}
          >
            {t('quiz.list.score', { score: marks(lastAttempt.scoreUnits), max: marks(lastAttempt.maxUnits) })}
          </span>
        ) : (
          <span className={styles.badge} data-tone={status === 'ready' ? undefined : 'problem'}>
            {status === 'ready' ? t('quiz.list.notTaken') : t(`quiz.status.${status}`)}
          </span>
        )}
      </div>
      <div className={styles.actions}>
        {openAttemptId ? (
          <Button component={Link} href={`/quizzes/attempt/${encodeURIComponent(openAttemptId)}`} size="xs">
            {t('quiz.action.continue')}
          </Button>
        ) : lastAttempt ? (
          <Button
            component={Link}
            href={`/quizzes/review/${encodeURIComponent(lastAttempt.id)}`}
            size="xs"
            variant="default"
          >
            {t('quiz.action.review')}
          </Button>
        ) : canTake ? (
          <Button size="xs" variant="light" loading={begin.isPending} onClick={() => begin.mutate({ quizId: quiz.id })}>
            {t('quiz.action.start')}
          </Button>
        ) : (
          <Button component={Link} href={path} size="xs" variant="default">
            {t('quiz.action.open')}
          </Button>
        )}
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('quiz.list.more', { title: quiz.title })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {canTake && !openAttemptId && lastAttempt && (
              <Menu.Item onClick={() => begin.mutate({ quizId: quiz.id })}>{t('quiz.action.again')}</Menu.Item>
            )}
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
              {t('quiz.action.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}
