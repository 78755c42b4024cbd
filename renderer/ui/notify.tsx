import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

const READ_MS = 8000

/** A quiet word in the corner. What failed stays until it was seen. */
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
    autoClose: failed ? false : READ_MS,
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
