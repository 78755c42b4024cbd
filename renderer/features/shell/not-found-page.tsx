import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('shell.notFound.title')} width="reading" hideHeading>
      <EmptyState
        icon={<IconMapOff size={26} />}
        title={t('shell.notFound.title')}
        body={t('shell.notFound.body')}
        actions={
          <Button component={Link} href="/">
            {t('shell.notFound.home')}
          </Button>
        }
      />
    </PageFrame>
  )
}
