import { Button } from '@mantine/core'
import { IconMoodConfuzed } from '@tabler/icons-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../state/hash-location.ts'
import { EmptyState } from './empty-state.tsx'

function CrashPage({ error, onRetry }: { error: Error; onRetry(): void }) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState
        icon={<IconMoodConfuzed size={26} />}
        title={t('shell.crash.title')}
        body={t('shell.crash.body')}
        actions={
          <>
            <Button onClick={onRetry}>{t('shell.crash.retry')}</Button>
            <Button
              variant="default"
              onClick={() => {
                navigate('/')
                onRetry()
              }}
            >
              {t('shell.crash.home')}
            </Button>
            <Button
              variant="subtle"
              onClick={() =>
                void navigator.clipboard.writeText(`${error.name}: ${error.message}\n${error.stack ?? ''}`)
              }
            >
              {t('shell.crash.copy')}
            </Button>
          </>
        }
      />
    </div>
  )
}

/** Keeps a page's failure to that page. A change of `resetKey` (the route) tries again by itself. */
export class ErrorBoundary extends Component<
  { resetKey: string; children: ReactNode },
  { error: Error | undefined; resetKey: string }
> {
  override state: { error: Error | undefined; resetKey: string } = { error: undefined, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  static getDerivedStateFromProps(props: { resetKey: string }, state: { resetKey: string }) {
    return props.resetKey === state.resetKey ? null : { error: undefined, resetKey: props.resetKey }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return <CrashPage error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}
