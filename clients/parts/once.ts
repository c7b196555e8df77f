/** Something that is looked up again and again: one at a time, and once more if it was asked for meanwhile. */

export function onceAtATime(look: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await look();
      } while (again);
    } finally {
      running = null; // Here, not in what follows on it: whoever asks from now on is not forgotten.
    }
  }
  return () => {
    again = running !== null;
    running ??= run();
    return running;
  };
}
