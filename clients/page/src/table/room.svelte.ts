/** A table as this page knows it: what its parts read, and the few things a player can do. */

import { t } from "$parts/catalogue/catalogue";
import { assertNever, type Answer, type TableTypes, type TableView } from "@clew/client";
import { Live } from "$parts/live.svelte";
import type { Json } from "../json";

/** What became of something that was sent. `superseded`: something newer took its place. */
export type Outcome =
  { readonly type: "accepted" } | { readonly type: "superseded" } | { readonly type: "refused"; readonly text: string };

export class Room extends Live<TableTypes, Json> {
  async sendPlan(plan: Json): Promise<Outcome> {
    return outcomeOf(await this.register(plan));
  }

  async sendReady(): Promise<Outcome> {
    return outcomeOf(await this.beReady());
  }

  async resign(): Promise<Outcome> {
    return outcomeOf(await this.giveUp());
  }

  protected override acceptedPlan(view: TableView | null): Json {
    return (view?.you?.plan ?? null) as Json;
  }

  protected override planCommand(round: number, plan: Json): TableTypes["command"] {
    return { type: "plan", round, plan };
  }
}

function outcomeOf(answer: Answer): Outcome {
  switch (answer.type) {
    case "accepted":
      return { type: "accepted" };
    case "superseded":
      return { type: "superseded" };
    case "refused":
      return { type: "refused", text: answer.error.message };
    case "closed":
      return { type: "refused", text: t("table-lost") };
    default:
      return assertNever(answer, { type: "superseded" });
  }
}
