import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { parameterEntries, type OcrOptions } from '../../../shared/parameters.ts'
import { makeBatch, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const panel = async () => within(await screen.findByRole('group', { name: 'Options' }))

describe('options of the batch', () => {
  it('change formats and behaviour together, because the names differ', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    const form = await panel()
    await user.click(form.getByRole('checkbox', { name: 'latex_simplified' }))
    await waitFor(() =>
      expect(api.batch('b1').options.formats).toEqual(['text', 'latex_styled', 'latex_simplified']),
    )
    await user.selectOptions(form.getByRole('combobox', { name: 'Behaviour' }), 'text')
    await waitFor(() =>
      expect(api.batch('b1').options).toMatchObject({
        ocr_behavior: 'text',
        formats: ['text', 'latex_styled'],
      }),
    )
    expect(form.queryByRole('checkbox', { name: 'latex_simplified' })).toBeNull()
  })

  it('refuse what contradicts, with the reason, and send nothing', async () => {
    const batch = makeBatch([makeItem(1)], { options: { ocr_behavior: 'text', formats: ['text'] } })
    const { api, user } = renderApp({ batches: [batch] })
    const form = await panel()
    await user.click(form.getByRole('checkbox', { name: 'Add data of each line' }))
    await waitFor(() => expect(api.batch('b1').options.include_line_data).toBe(true))
    const before = api.calls.length
    await user.click(form.getByRole('checkbox', { name: 'Add data of each word' }))
    expect(form.getByRole('alert').textContent).toContain('cannot be had together')
    expect(api.calls).toHaveLength(before)
  })
})

describe('presets', () => {
  it('set all options at once, but not what belongs to a job', async () => {
    const batch = makeBatch([makeItem(1)])
    const options: OcrOptions = { ...batch.options, tags: ['job 7'], beam_size: 2 }
    const { api, user } = renderApp({ batches: [{ ...batch, options }] })
    const form = await panel()
    await user.selectOptions(form.getByRole('combobox', { name: 'Preset' }), 'Text with formulas')
    await waitFor(() =>
      expect(api.batch('b1').options).toMatchObject({ ocr_behavior: 'text', tags: ['job 7'] }),
    )
    expect(api.batch('b1').options.beam_size).toBeUndefined()
    expect(form.getByText(/^Words and formulas are read/)).toBeTruthy()
  })

  it('of one’s own are saved under a name, chosen, and deleted', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    const form = await panel()
    await user.click(form.getByRole('checkbox', { name: 'mathml' }))
    await user.type(await form.findByRole('textbox', { name: 'Name of the preset' }), 'For Word')
    await user.click(form.getByRole('button', { name: 'Save as preset' }))
    const preset = () => form.getByRole<HTMLSelectElement>('combobox', { name: 'Preset' })
    await waitFor(() => expect(preset().value).toBe('For Word'))
    await user.selectOptions(preset(), 'One formula')
    await waitFor(() => expect(api.batch('b1').options.formats).not.toContain('mathml'))
    await user.selectOptions(preset(), 'For Word')
    await waitFor(() => expect(api.batch('b1').options.formats).toContain('mathml'))
    await user.click(form.getByRole('button', { name: 'Delete preset For Word' }))
    await waitFor(() => expect(preset().value).toBe('Other options'))
  })

  it('offer what the last run was made with', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    const form = await panel()
    await user.click(form.getByRole('checkbox', { name: 'asciimath' }))
    await waitFor(() => expect(api.batch('b1').options.formats).toContain('asciimath'))
    await user.click(screen.getByRole('button', { name: /^Convert/ }))
    const preset = () => form.getByRole<HTMLSelectElement>('combobox', { name: 'Preset' })
    await waitFor(() => expect(preset().value).toBe('As on the last run'))
  })
})

describe('the form', () => {
  it('has every option that the table gives a field', async () => {
    const text: OcrOptions = {
      ocr_behavior: 'text',
      formats: ['data'],
      data_options: { include_latex: true },
    }
    const { user } = renderApp({ batches: [makeBatch([makeItem(1)], { options: text })] })
    const form = await panel()
    const shown = () =>
      [...document.querySelectorAll<HTMLElement>('[data-options]')].flatMap(
        ({ dataset }) => dataset['options']?.split(' ') ?? [],
      )
    const found = new Set(shown())
    await user.selectOptions(form.getByRole('combobox', { name: 'Behaviour' }), 'latex')
    await form.findByRole('checkbox', { name: 'latex_simplified' })
    for (const name of shown()) found.add(name)
    const wanted = parameterEntries.filter(([, { field }]) => field).map(([name]) => name)
    expect(wanted.filter((name) => !found.has(name))).toEqual([])
  })
})

describe('options of one image', () => {
  it('start inherited, are marked when changed, and go back', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1), makeItem(2)])] })
    const form = await panel()
    await user.click(form.getByRole('radio', { name: 'This image' }))
    await user.click(form.getByRole('checkbox', { name: /Compact/ }))
    await waitFor(() =>
      expect(api.batch('b1').items.map(({ overrides }) => overrides)).toEqual([{ rm_spaces: false }, {}]),
    )
    expect(api.batch('b1').options.rm_spaces).toBe(true)
    await user.click(form.getByRole('button', { name: 'Reset Spaces' }))
    await waitFor(() => expect(api.batch('b1').items[0]?.overrides).toEqual({}))
    expect(form.queryByRole('button', { name: 'Reset Spaces' })).toBeNull()
  })

  it('apply one change to a whole selection', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1), makeItem(2), makeItem(3)])] })
    ;(await screen.findByRole('listbox', { name: 'Images' })).focus()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    const form = await panel()
    await user.click(form.getByRole('radio', { name: '2 selected' }))
    await user.selectOptions(form.getByRole('combobox', { name: 'Behaviour' }), 'text')
    await waitFor(() =>
      expect(api.batch('b1').items.map(({ overrides }) => overrides.ocr_behavior)).toEqual([
        'text',
        'text',
        undefined,
      ]),
    )
  })

  it('take a region by numbers and refuse one outside the image', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    const form = await panel()
    await user.click(form.getByRole('radio', { name: 'This image' }))
    const fill = (name: string, value: string) =>
      fireEvent.change(form.getByRole('textbox', { name }), { target: { value } })
    fill('Left', '10')
    fill('Top', '20')
    fill('Width', '9000')
    fill('Height', '40')
    fireEvent.blur(form.getByRole('textbox', { name: 'Height' }))
    expect(form.getByRole('alert').textContent).toContain('640 × 160')
    fill('Width', '300')
    fireEvent.blur(form.getByRole('textbox', { name: 'Width' }))
    await waitFor(() =>
      expect(api.batch('b1').items[0]?.overrides.region).toEqual({
        top_left_x: 10,
        top_left_y: 20,
        width: 300,
        height: 40,
      }),
    )
  })

  it('say that a region lies outside once the size of its image is known', async () => {
    const ready = makeItem(1)
    const { image, ...preparing } = { ...ready, state: 'preparing' as const }
    const { api, user } = renderApp({ batches: [makeBatch([preparing])] })
    const form = await panel()
    await user.click(form.getByRole('radio', { name: 'This image' }))
    for (const [name, value] of Object.entries({ Left: '600', Top: '0', Width: '50', Height: '40' }))
      fireEvent.change(form.getByRole('textbox', { name }), { target: { value } })
    fireEvent.blur(form.getByRole('textbox', { name: 'Height' }))
    await waitFor(() => expect(api.batch('b1').items[0]?.overrides.region).toBeDefined())
    expect(form.queryByRole('alert')).toBeNull()
    api.change('b1', (batch) => ({
      ...batch,
      items: batch.items.map((item) => ({ ...item, state: 'ready', image })),
    }))
    expect((await form.findByRole('alert')).textContent).toMatch(
      /^The region ends outside the image, which is 640 × 160/,
    )
    fireEvent.change(form.getByRole('textbox', { name: 'Width' }), { target: { value: '40' } })
    fireEvent.blur(form.getByRole('textbox', { name: 'Width' }))
    await waitFor(() => expect(form.queryByRole('alert')).toBeNull())
  })
})

describe('more options', () => {
  const jsonOf = (form: Awaited<ReturnType<typeof panel>>) =>
    form.getByRole<HTMLTextAreaElement>('textbox', { name: 'More options (JSON)' })
  const type = (form: Awaited<ReturnType<typeof panel>>, value: string) =>
    fireEvent.change(jsonOf(form), { target: { value } })

  it('are checked with each key, kept when the field is left, and taken away again', async () => {
    const { api } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    const form = await panel()
    expect(JSON.parse(jsonOf(form).value)).toEqual({ metadata: { improve_mathpix: false } })
    type(form, '{"beam_size": 30}')
    expect(form.getByRole('status').textContent).toBe('“beam_size” has to be a whole number from 1 to 10.')
    expect(jsonOf(form).getAttribute('aria-invalid')).toBe('true')
    fireEvent.blur(jsonOf(form))
    expect(api.batch('b1').options).toHaveProperty('metadata')
    type(form, '{"beam_size": 3, "brand_new": {"a": [1]}}')
    expect(form.getByRole('status').textContent).toContain('“brand_new” is not documented')
    fireEvent.blur(jsonOf(form))
    await waitFor(() =>
      expect(api.batch('b1').options).toMatchObject({ beam_size: 3, brand_new: { a: [1] }, rm_spaces: true }),
    )
    expect(api.batch('b1').options).not.toHaveProperty('metadata')
    await waitFor(() => expect(JSON.parse(jsonOf(form).value)).toHaveProperty('brand_new'))
    type(form, '')
    fireEvent.blur(jsonOf(form))
    await waitFor(() => expect(api.batch('b1').options).not.toHaveProperty('beam_size'))
  })

  it('that contradict each other are refused with the reason', async () => {
    const { api } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    const form = await panel()
    const before = api.calls.length
    type(form, '{"n_best": 3}')
    fireEvent.blur(jsonOf(form))
    expect(form.getByRole('alert').textContent).toContain('“n_best” needs a “beam_size”')
    expect(api.calls).toHaveLength(before)
  })

  it('of a selection are those of its images alone, and can be reset', async () => {
    const options = { tags: ['of-the-batch'] }
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1), makeItem(2)], { options })] })
    ;(await screen.findByRole('listbox', { name: 'Images' })).focus()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    const form = await panel()
    await user.click(form.getByRole('radio', { name: '2 selected' }))
    expect(jsonOf(form).value).toBe('')
    type(form, '{"callback": {"post": "https://h/"}}')
    expect(form.getByRole('status').textContent).toBe('“callback” is for the whole batch.')
    type(form, '{"beam_size": 3}')
    fireEvent.blur(jsonOf(form))
    const own = () => api.batch('b1').items.map(({ overrides }) => overrides)
    await waitFor(() => expect(own()).toEqual([{ beam_size: 3 }, { beam_size: 3 }]))
    expect(api.batch('b1').options).toEqual(options)
    await user.click(form.getByRole('button', { name: 'Reset More options (JSON)' }))
    await waitFor(() => expect(own()).toEqual([{}, {}]))
  })
})
