declare module 'hero-patterns' {
  const patterns: Record<string, (color: string, opacity: number) => string>
  export = patterns
}
