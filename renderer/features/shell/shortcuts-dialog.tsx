import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useShellView } from '../../state/shell-view.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import styles from './shortcuts-dialog.module.css'

interface Shortcut {
  label: string
  /** Pressed one after another; each may be several keys at once. */
  keys: readonly (readonly string[])[]
}

function ShortcutList({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation()
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <dl className={styles.list}>
        {shortcuts.map(({ label, keys }) => (
          <div key={label} className={styles.item}>
            <dt>{label}</dt>
            <dd>
              {keys.map((together, index) => (
                <Fragment key={together.join()}>
                  {index > 0 && t('shell.shortcuts.thenKey')}
                  <KeyHint keys={together} />
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** All shortcuts, opened by `?`. */
export function ShortcutsDialog() {
  const { t } = useTranslation()
  const { shortcutsOpen, setShortcutsOpen } = useShellView()
  return (
    <Modal
      opened={shortcutsOpen}
      onClose={() => setShortcutsOpen(false)}
      title={t('shell.shortcuts.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.columns}>
        <ShortcutList
          title={t('shell.shortcuts.goTo')}
          shortcuts={[
            { label: t('shell.nav.home'), keys: [['G'], ['H']] },
            { label: t('shell.nav.library'), keys: [['G'], ['L']] },
            { label: t('shell.nav.search'), keys: [['G'], ['S']] },
            { label: t('shell.nav.ask'), keys: [['G'], ['A']] },
            { label: t('shell.nav.study'), keys: [['G'], ['U']] },
            { label: t('shell.nav.cards'), keys: [['G'], ['F']] },
            { label: t('shell.nav.quizzes'), keys: [['G'], ['Q']] },
            { label: t('shell.nav.mains'), keys: [['G'], ['M']] },
            { label: t('shell.nav.jobs'), keys: [['G'], ['J']] },
            { label: t('shell.nav.settings'), keys: [['G'], [',']] },
          ]}
        />
        <div>
          <ShortcutList
            title={t('shell.shortcuts.anywhere')}
            shortcuts={[
              { label: t('shell.shortcuts.palette'), keys: [['Ctrl', 'K']] },
              { label: t('shell.shortcuts.focusSearch'), keys: [['/']] },
              { label: t('shell.shortcuts.help'), keys: [['?']] },
            ]}
          />
          <ShortcutList
            title={t('shell.shortcuts.inSearch')}
            shortcuts={[
              { label: t('shell.shortcuts.moveResult'), keys: [['↓', '↑']] },
              { label: t('shell.shortcuts.openResult'), keys: [['Enter']] },
              { label: t('shell.shortcuts.backToQuery'), keys: [['Esc']] },
            ]}
          />
        </div>
      </div>
    </Modal>
  )
}
