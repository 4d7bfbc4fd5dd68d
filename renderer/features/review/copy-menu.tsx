import { Braces, Check, Copy } from 'lucide-react'
import { Fragment } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { COPY_FORMAT_NAMES, COPY_FORMATS } from '../../../shared/output-formats.ts'
import { MenuButton, MenuItem, MenuLine } from '../../components/menu.tsx'
import { copyItems, copyResult } from '../../stores/item-actions.ts'
import { useSettings } from '../../stores/settings.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'

/** Copies this image's LaTeX in the chosen form, or all that the engine said; the mark shows the form that C and "Copy all" use. */
export function CopyMenu({ item }: { readonly item: Item }) {
  const remembered = useSettings(({ settings }) => settings.copyFormat)
  const { latex } = useShownLatex(item)
  const hasLatex = Boolean(latex?.trim())
  return (
    <MenuButton
      name="Copy"
      disabled={!hasLatex && !item.result}
      label={
        <>
          <Copy className="icon" aria-hidden />
          Copy
        </>
      }
    >
      {COPY_FORMAT_NAMES.map((format, index) => {
        const before = COPY_FORMAT_NAMES[index - 1]
        const isNewGroup = before !== undefined && COPY_FORMATS[before].group !== COPY_FORMATS[format].group
        return (
          <Fragment key={format}>
            {isNewGroup ? <MenuLine /> : null}
            <MenuItem
              disabled={!hasLatex}
              icon={<Check className={`icon ${format === remembered ? '' : 'icon-hidden'}`} aria-hidden />}
              onSelect={() => void copyItems(new Set([item.id]), format)}
            >
              {COPY_FORMATS[format].name}
            </MenuItem>
          </Fragment>
        )
      })}
      <MenuLine />
      <MenuItem
        icon={<Braces className="icon" aria-hidden />}
        disabled={!item.result}
        onSelect={() => void copyResult(item)}
      >
        Whole result (JSON)
      </MenuItem>
    </MenuButton>
  )
}
