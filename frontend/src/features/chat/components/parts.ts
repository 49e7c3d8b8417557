/** What answers need and an empty conversation does not, fetched when somebody begins to write. */

export const fetchAnswerText = () => import("./AnswerText");
export const fetchCards = () => import("./Cards");

/** Called before the first question is sent, so that all is there before its answer. */
export function prepareAnswers(): void {
  void fetchAnswerText();
  void fetchCards();
}
