// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { makeBatch, makeItem } from '../../testing/make-item.ts'
import { renderApp, startFresh } from '../../testing/render-app.tsx'

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
})
