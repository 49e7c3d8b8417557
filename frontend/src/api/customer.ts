/** Who the visitor is in the words of the shop that frames the chat: a token its own server signed, never kept. */
let token: string | null = null;

export const customerToken = (): string | null => token;

export function setCustomerToken(given: string | null): void {
  token = given;
}
