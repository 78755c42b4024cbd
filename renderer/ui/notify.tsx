import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

const READ_MS = 8000
const READ_FAILURE_MS = 20_000

/** A quiet word in the corner. Nothing is lost when it goes: what failed is kept on its page, and marked in the rail. */
export function notify(notice: {
  title: string
  message?: string
  failed?: boolean
  /** The one thing to do about it. */
  action?: { label: string; run(): void }
}): void {
  const { title, message = '', failed = false, action } = notice
  const id = notifications.show({
    color: failed ? 'red' : 'peacock',
    title,
    autoClose: failed ? READ_FAILURE_MS : READ_MS,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
    message: (
      <>
        {message}
        {action && (
          <div>
            <Button
              mt={8}
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          </div>
        )}
      </>
    ),
  })
}
