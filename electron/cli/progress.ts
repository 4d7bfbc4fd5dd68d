/** A counter on stderr: rewritten in place on a terminal, a line per tenth elsewhere. */
export function createProgress(note: (text: string) => void) {
  let last = -1
  const isTerminal = process.stderr.isTTY
  return {
    show(done: number, total: number) {
      const step = isTerminal ? done : Math.floor((done * 10) / Math.max(1, total))
      if (step === last) return
      last = step
      if (isTerminal) process.stderr.write(`\r${done}/${total} `)
      else note(`${done}/${total}`)
    },
    end() {
      if (isTerminal && last >= 0) process.stderr.write('\r\u001b[K')
    },
  }
}
