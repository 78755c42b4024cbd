import { Button, Paper, Portal } from '@mantine/core'
import { IconArrowsSplit2, IconBulb, IconCards, IconCopy, IconMessageQuestion, IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentId } from '#contract/ids.ts'
import { navigate } from '../../state/hash-location.ts'
import { askAboutSelection, explainSelection } from '../ask/index.ts'
import { useMakeCards } from '../study/index.ts'
import styles from './selection-actions.module.css'

/** As the contract has it. */
const LONGEST_SELECTION = 6000
const LONGEST_SEARCH = 200
/** Of the row of actions, in pixels. */
const ACTIONS_WIDTH = 680
/** A few words are a search; what is like a passage needs one. The embedding model reads no further than the most. */
const SHORTEST_LIKE = 30
const LONGEST_LIKE = 1200

interface Selected {
  text: string
  /** On which it begins. */
  page: number
  /** Where the popover hangs, in window pixels. */
  left: number
  top: number
}

/** What can be done with text just selected in the document: ask about it, search it, copy it. */
export function SelectionActions(props: { within: RefObject<HTMLElement | null>; documentId: DocumentId }) {
  const { within, documentId } = props
  const { t } = useTranslation()
  const selected = useSelectedText(within)
  const makeCards = useMakeCards()
  if (!selected) return null
  const { text, page, left, top } = selected
  return (
    <Portal>
      <Paper
        className={styles.actions}
        role="toolbar"
        aria-label={t('reader.selection.label')}
        style={{ left, top }}
        // The selection would be lost before the click.
        onPointerDown={(event) => event.preventDefault()}
      >
        {text.length <= LONGEST_SELECTION && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconMessageQuestion size={16} />}
            onClick={() => askAboutSelection({ documentId, page, text })}
          >
            {t('reader.selection.ask')}
          </Button>
        )}
        {text.length <= LONGEST_SELECTION && (
          <>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconBulb size={16} />}
              onClick={() => explainSelection({ documentId, page, text }, t('reader.selection.explained', { page }))}
            >
              {t('reader.selection.explain')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconCards size={16} />}
              loading={makeCards.isPending}
              onClick={() => makeCards.mutate({ selection: { documentId, page, text } })}
            >
              {t('reader.selection.cards')}
            </Button>
          </>
        )}
        {text.length <= LONGEST_SEARCH && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconSearch size={16} />}
            onClick={() => navigate(`/search?q=${encodeURIComponent(text)}`)}
          >
            {t('reader.selection.search')}
          </Button>
        )}
        {text.length >= SHORTEST_LIKE && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconArrowsSplit2 size={16} />}
            onClick={() => navigate(`/search?${new URLSearchParams({ liketext: text.slice(0, LONGEST_LIKE) })}`)}
          >
            {t('reader.selection.like')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconCopy size={16} />}
          onClick={() => {
            void navigator.clipboard.writeText(text)
            getSelection()?.removeAllRanges()
          }}
        >
          {t('reader.selection.copy')}
        </Button>
      </Paper>
    </Portal>
  )
}

/** The text selected inside an element, once the pointer is up; gone when the selection or the scrolling moves it. */
function useSelectedText(within: RefObject<HTMLElement | null>): Selected | undefined {
  const [selected, setSelected] = useState<Selected>()
  useEffect(() => {
    let pointerDown = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setSelected(pointerDown ? undefined : readSelection(within.current)), 80)
    }
    const forget = () => setSelected(undefined)
    const down = () => {
      pointerDown = true
    }
    const up = () => {
      pointerDown = false
      read()
    }
    addEventListener('pointerdown', down)
    addEventListener('pointerup', up)
    addEventListener('resize', forget)
    document.addEventListener('selectionchange', read)
    document.addEventListener('scroll', forget, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      removeEventListener('pointerdown', down)
      removeEventListener('pointerup', up)
      removeEventListener('resize', forget)
      document.removeEventListener('selectionchange', read)
      document.removeEventListener('scroll', forget, { capture: true })
    }
  }, [within])
  return selected
}

function readSelection(within: HTMLElement | null): Selected | undefined {
  const selection = getSelection()
  if (!within || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  if (!within.contains(range.startContainer) || !within.contains(range.endContainer)) return undefined
  // A word broken at a line's end is one word.
  const text = selection
    .toString()
    .replace(/-\n(?=\p{Ll})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (text.length < 2) return undefined
  const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
  const frame = within.getBoundingClientRect()
  const inView = rects.filter(({ top, bottom }) => bottom > frame.top && top < frame.bottom)
  const first = inView[0]
  const last = inView.at(-1)
  if (!first || !last) return undefined
  const above = first.top - frame.top > 56
  const page = pageOf(range.startContainer)
  if (page === undefined) return undefined
  return {
    text,
    page,
    left: Math.min(Math.max(first.left, frame.left + 8), frame.right - ACTIONS_WIDTH),
    top: above ? first.top - 46 : Math.min(last.bottom + 8, frame.bottom - 46),
  }
}

/** The page that a node stands on, in the PDF reader and in the text reader. */
function pageOf(node: Node): number | undefined {
  const element = node instanceof Element ? node : node.parentElement
  const { pageNumber, page } = element?.closest<HTMLElement>('[data-page-number], [data-page]')?.dataset ?? {}
  return Number(pageNumber ?? page) || undefined
}
