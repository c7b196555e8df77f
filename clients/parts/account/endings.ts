/** How somebody stopped being who they were here, by their own wish. */

export type Ending = "everywhere" | "here" | "removed";
