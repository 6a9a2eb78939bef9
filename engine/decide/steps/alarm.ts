/** Something that a step wants to happen at an instant. */
export interface Alarm {
  readonly name: string;
  readonly at: string;
}
