/** A form that is filled in: what was typed stays whatever happens, and what is wrong is said beside the field that it is about. */

import { tick } from "svelte";
import { problemOf, type Problem } from "../problem";

export interface Wrong<Field extends string> {
  readonly field: Field;
  readonly text: string;
}

export class Filling<Field extends string> {
  readonly #fields: readonly Field[];

  values: Record<Field, string> = $state({} as Record<Field, string>);
  inputs: Record<Field, HTMLInputElement | null> = $state(
    {} as Record<Field, HTMLInputElement | null>,
  );
  /** With what stood in the field. */
  #wrong: { about: Wrong<Field>; typed: string } | null = $state.raw(null);
  busy = $state(false);
  /** What is wrong with no field of it. */
  trouble: string | null = $state(null);

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
    this.clear();
  }

  /** Nothing that was typed stays. */
  clear(): void {
    this.values = Object.fromEntries(
      this.#fields.map((field) => [field, ""]),
    ) as Record<Field, string>;
    this.#wrong = null;
    this.trouble = null;
  }

  /** What is wrong with what stands in this field, until it is another. */
  textOf(field: Field): string | null {
    if (this.#wrong === null) return null;
    const { about, typed } = this.#wrong;
    return about.field === field && typed === this.values[field]
      ? about.text
      : null;
  }

  /**
   * `check` says what is not filled in right; `refused` what a refusal means here, or null for the server's own words.
   * Those stand at the field that the server names, or else at the last; `"form"`: else at none, as `trouble`.
   * Never throws; gives whether it was done.
   */
  async send(
    check: () => Wrong<Field> | null,
    act: () => Promise<void>,
    refused: (code: string) => Wrong<Field> | "form" | null,
  ): Promise<boolean> {
    if (this.busy) return false;
    this.#wrong = null;
    this.trouble = null;
    const missing = check();
    if (missing !== null) {
      await this.#say(missing);
      return false;
    }
    this.busy = true;
    try {
      await act();
      return true;
    } catch (error) {
      const problem = problemOf(error);
      const { code, text } = problem;
      const meant = refused(code);
      const named = this.#named(problem);
      if (meant !== null && meant !== "form") await this.#say(meant);
      else if (named !== null) await this.#say({ field: named, text });
      else if (meant === "form") this.trouble = text;
      else await this.#say({ field: this.#fields.at(-1) as Field, text });
      return false;
    } finally {
      this.busy = false;
    }
  }

  #named({ details }: Problem): Field | null {
    return this.#fields.find((field) => field === details.path) ?? null;
  }

  async #say(about: Wrong<Field>): Promise<void> {
    this.#wrong = { about, typed: this.values[about.field] };
    await tick();
    this.inputs[about.field]?.focus();
  }
}
