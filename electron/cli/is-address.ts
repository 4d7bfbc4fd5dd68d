/** An image's address, not its file. */
export const isAddress = (input: string) => /^https?:\/\//i.test(input)
