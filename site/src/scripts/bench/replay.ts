export function replay(): void {
  // Follows.
}
