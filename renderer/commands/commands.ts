import {
  ArrowLeftRight,
  Braces,
  Check,
  ChevronDown,
  ChevronUp,
  Contrast,
  Copy,
  Crop,
  Download,
  Eye,
  FilePlus2,
  Flag,
  FolderPlus,
  Images,
  Layers2,
  Link,
  PanelRight,
  Pencil,
  Redo2,
  Replace,
  RotateCcw,
  Scale,
  ScanSearch,
  Settings2,
  Sparkles,
  SquareDashed,
  SquareSplitVertical,
  Text as TextIcon,
  Trash2,
  Undo2,
  WandSparkles,
  X,
  ZoomIn,
  ZoomOut,
  type LucideIcon,
} from 'lucide-react'
import type { Item } from '../../shared/batch.ts'
import { keysOf } from '../../shared/keys-of.ts'
import { addPicked, addSamples } from '../features/drop/add-images.ts'
import { createBatch } from '../stores/connect.ts'
import { openDialog } from '../stores/dialogs.ts'
import { hasLatex, tidyItems } from '../stores/change-latex.ts'
import {
  acceptAndEditNext,
  acceptAndNext,
  askOtherEngine,
  canAskOther,
  canCancel,
  canRetry,
  canSplit,
  cancelItems,
  copyItems,
  copyResultLines,
  removeItems,
  retryItems,
  splitItem,
  toggleFlags,
} from '../stores/item-actions.ts'
import { extendBy, goToNextLook, moveBy, moveTo, PAGE_ROWS, selectAllVisible } from '../stores/move.ts'
import { canMarkRegion, isReadAsFormula, readAsText, startMarking } from '../stores/read-otherwise.ts'
import { takeReading } from '../stores/readings.ts'
import { focusList, toggleOptions } from '../stores/review-actions.ts'
import { redoChange, undoChange } from '../stores/undo.ts'
import { editHeld, goToNextDoubt, toggleDoubts } from '../stores/tokens.ts'
import { toggleComparison, zoomIn, zoomOut, zoomToFit } from '../stores/view.ts'

/** What a person can do by a key, from a menu or by a button with an icon. All of these are made from the table below. */
export type Command = {
  /** The name of its button or menu item. */
  readonly label: string
  /** The same where it stands for the selection. */
  readonly labelOfSelection?: string
  /** What it does, for the tooltip and the list of keys, where the label does not say it all. */
  readonly help?: string
  readonly icon?: LucideIcon
  /** Where it stands; the order is that of the table. */
  readonly menu?: 'batch' | 'add' | 'selection'
  /** Keys that nobody can change: those of every list and every text field. */
  readonly fixedKeys?: readonly string[]
  /** The key as long as the user chooses no other one. Any command of the list can be given one. */
  readonly key?: string
  /** Where its keys work: in the list of images, or in the field for LaTeX. */
  readonly place?: 'list' | 'editor'
  /** Whether its fixed keys work in the whole window, but for fields of text. */
  readonly isEverywhere?: true
  /** Whether it does anything for an image; absent: for all. */
  readonly isFor?: (item: Item) => boolean
  /** `items`: the images it is for. Absent: the system does it. */
  readonly run?: (items: ReadonlySet<string>) => unknown
  readonly needsBatch?: true
}

/** Keys are written as chord.ts reads them. */
const table = {
  next: {
    label: 'Next image',
    icon: ChevronDown,
    fixedKeys: ['ArrowDown'],
    key: 'j',
    run: () => moveBy(1),
  },
  previous: {
    label: 'Previous image',
    icon: ChevronUp,
    fixedKeys: ['ArrowUp'],
    key: 'k',
    run: () => moveBy(-1),
  },
  page_down: { label: 'A page down', fixedKeys: ['PageDown'], run: () => moveBy(PAGE_ROWS) },
  page_up: { label: 'A page up', fixedKeys: ['PageUp'], run: () => moveBy(-PAGE_ROWS) },
  first: { label: 'First image', fixedKeys: ['Home'], run: () => moveTo(0) },
  last: { label: 'Last image', fixedKeys: ['End'], run: () => moveTo(Number.MAX_SAFE_INTEGER) },
  next_look: { label: 'Next that needs a look', icon: Eye, key: 'n', run: goToNextLook },
  select_down: { label: 'Select the next too', fixedKeys: ['Shift+ArrowDown'], run: () => extendBy(1) },
  select_up: { label: 'Select the previous too', fixedKeys: ['Shift+ArrowUp'], run: () => extendBy(-1) },
  select_all: { label: 'Select all', fixedKeys: ['Ctrl+a'], isEverywhere: true, run: selectAllVisible },

  accept: {
    label: 'Accept',
    icon: Check,
    help: 'Accept and go to the next',
    fixedKeys: ['Enter'],
    isFor: ({ state }) => state === 'completed',
    run: acceptAndNext,
  },
  next_doubt: { label: 'Next doubted sign', icon: ScanSearch, key: 'd', run: goToNextDoubt },
  show_doubts: { label: 'Show doubted signs', icon: SquareDashed, key: 'v', run: toggleDoubts },
  overlay: {
    label: 'Lay the formula over the image',
    icon: Layers2,
    key: 'l',
    run: () => toggleComparison('overlay'),
  },
  blink: {
    label: 'Show the formula in place of the image',
    icon: ArrowLeftRight,
    key: 'b',
    run: () => toggleComparison('blink'),
  },
  difference: {
    label: 'Show the difference of image and formula',
    icon: Contrast,
    key: 'i',
    run: () => toggleComparison('difference'),
  },
  zoom_in: { label: 'Zoom in', icon: ZoomIn, fixedKeys: ['='], key: '+', run: zoomIn },
  zoom_out: { label: 'Zoom out', icon: ZoomOut, key: '-', run: zoomOut },
  zoom_fit: { label: 'Fit', help: 'Fit image and formula', key: '0', run: zoomToFit },
  reading_1: { label: 'Take reading 1', key: '1', run: () => takeReading(1) },
  reading_2: { label: 'Take reading 2', key: '2', run: () => takeReading(2) },
  reading_3: { label: 'Take reading 3', key: '3', run: () => takeReading(3) },
  reading_4: { label: 'Take reading 4', key: '4', run: () => takeReading(4) },
  reading_5: { label: 'Take reading 5', key: '5', run: () => takeReading(5) },
  reading_6: { label: 'Take reading 6', key: '6', run: () => takeReading(6) },
  reading_7: { label: 'Take reading 7', key: '7', run: () => takeReading(7) },
  reading_8: { label: 'Take reading 8', key: '8', run: () => takeReading(8) },
  reading_9: { label: 'Take reading 9', key: '9', run: () => takeReading(9) },
  edit: { label: 'Edit the LaTeX', key: 'e', run: editHeld },
  accept_edit: {
    label: 'Accept while editing',
    place: 'editor',
    fixedKeys: ['Ctrl+Enter'],
    run: acceptAndEditNext,
  },
  next_doubt_edit: {
    label: 'Next doubted sign while editing',
    place: 'editor',
    key: 'F8',
    run: goToNextDoubt,
  },
  tidy: {
    label: 'Tidy',
    icon: WandSparkles,
    help: 'Tidy the LaTeX: blanks, braces, brackets',
    place: 'editor',
    key: 'Ctrl+Shift+l',
    isFor: hasLatex,
    run: tidyItems,
  },
  leave_editor: { label: 'Back to the list', place: 'editor', fixedKeys: ['Escape'], run: focusList },
  copy: {
    label: 'Copy',
    labelOfSelection: 'Copy selected',
    icon: Copy,
    menu: 'selection',
    fixedKeys: ['Ctrl+c'],
    key: 'c',
    run: (items) => copyItems(items),
  },
  flag: {
    label: 'Flag',
    labelOfSelection: 'Flag selected',
    icon: Flag,
    menu: 'selection',
    key: 'f',
    run: toggleFlags,
  },
  export: {
    label: 'Export…',
    labelOfSelection: 'Export selected…',
    help: 'Save as a document, a table or files',
    icon: Download,
    menu: 'selection',
    run: (items) => openDialog({ kind: 'export', itemIds: [...items] }),
  },
  retry: {
    label: 'Retry',
    labelOfSelection: 'Run selected again',
    help: 'Read this image again; your edit stays',
    icon: RotateCcw,
    menu: 'selection',
    key: 'r',
    isFor: canRetry,
    run: retryItems,
  },
  second_opinion: {
    label: 'Second opinion',
    labelOfSelection: 'Second opinion on selected',
    help: 'Have the other engine read this image too; both answers are kept',
    icon: Scale,
    menu: 'selection',
    key: 'o',
    isFor: canAskOther,
    run: askOtherEngine,
  },
  mark_region: {
    label: 'Mark the formula…',
    help: 'Mark the part of the image to be read',
    icon: Crop,
    key: 'p',
    isFor: canMarkRegion,
    run: startMarking,
  },
  read_as_text: {
    label: 'Read as text',
    help: 'Read this image again, as words and formulas',
    icon: TextIcon,
    isFor: (item) => canRetry(item) && isReadAsFormula(item),
    run: readAsText,
  },
  cancel: {
    label: 'Cancel this image',
    labelOfSelection: 'Cancel selected',
    help: 'Do not read this image; the others go on',
    icon: X,
    menu: 'selection',
    key: 'x',
    isFor: canCancel,
    run: cancelItems,
  },
  split: {
    label: 'Split into blocks',
    help: 'Read each block of ink of this image by itself, with undo',
    icon: SquareSplitVertical,
    menu: 'selection',
    key: 's',
    isFor: canSplit,
    run: splitItem,
  },
  remove: {
    label: 'Remove',
    labelOfSelection: 'Remove selected',
    help: 'Remove, with undo',
    icon: Trash2,
    menu: 'selection',
    fixedKeys: ['Delete'],
    run: removeItems,
  },

  new_batch: { label: 'New batch', icon: FilePlus2, menu: 'batch', run: () => createBatch() },
  undo: {
    label: 'Undo',
    help: 'Undo the last change to the list',
    icon: Undo2,
    menu: 'batch',
    needsBatch: true,
    fixedKeys: ['Ctrl+z'],
    run: undoChange,
  },
  redo: {
    label: 'Redo',
    help: 'Make the change again that was undone',
    icon: Redo2,
    menu: 'batch',
    needsBatch: true,
    fixedKeys: ['Ctrl+Shift+z', 'Ctrl+y'],
    run: redoChange,
  },
  find: {
    label: 'Find and replace…',
    help: 'Find and replace in all results',
    icon: Replace,
    menu: 'batch',
    needsBatch: true,
    key: 'Ctrl+f',
    run: () => openDialog({ kind: 'find' }),
  },
  rename_batch: {
    label: 'Rename…',
    help: 'Rename the batch',
    icon: Pencil,
    menu: 'batch',
    needsBatch: true,
    run: () => openDialog({ kind: 'rename' }),
  },
  export_all: {
    label: 'Export…',
    help: 'Save the batch as a document, a table or files',
    icon: Download,
    menu: 'batch',
    needsBatch: true,
    run: () => openDialog({ kind: 'export' }),
  },
  copy_results: {
    label: 'Copy results as JSON lines',
    icon: Braces,
    menu: 'batch',
    needsBatch: true,
    run: copyResultLines,
  },
  delete_batch: {
    label: 'Delete…',
    help: 'Delete the batch',
    icon: Trash2,
    menu: 'batch',
    needsBatch: true,
    run: () => openDialog({ kind: 'delete' }),
  },
  add_files: {
    label: 'Files…',
    help: 'Add files',
    icon: Images,
    menu: 'add',
    run: () => addPicked('files'),
  },
  add_folder: {
    label: 'Folder…',
    help: 'Add a folder',
    icon: FolderPlus,
    menu: 'add',
    run: () => addPicked('folder'),
  },
  add_urls: {
    label: 'Addresses (URLs)…',
    help: 'Add addresses (URLs)',
    icon: Link,
    menu: 'add',
    run: () => openDialog({ kind: 'urls' }),
  },
  add_samples: {
    label: 'Sample images',
    help: 'Add the sample images',
    icon: Sparkles,
    menu: 'add',
    run: addSamples,
  },
  paste: { label: 'Paste images or addresses', fixedKeys: ['Ctrl+v'] },
  options: { label: 'Show options', icon: PanelRight, run: toggleOptions },
  settings: { label: 'Settings', icon: Settings2, run: () => openDialog({ kind: 'settings' }) },
  help: { label: 'Show keys', help: 'This list', key: '?', run: () => openDialog({ kind: 'help' }) },
} as const satisfies Readonly<Record<string, Command>>

export type CommandName = keyof typeof table
export const COMMANDS: Readonly<Record<CommandName, Command>> = table
export const COMMAND_NAMES = keysOf(COMMANDS)

/** What it does, in a few words. */
export function describeCommand(name: CommandName): string {
  const { help, label } = COMMANDS[name]
  return help ?? label
}
