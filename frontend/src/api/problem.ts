/** What went wrong with a call, as an RFC 9457 problem or as a lost connection. */

interface ProblemDocument {
  title?: string;
  detail?: unknown;
  code?: string;
  errors?: { field?: string; detail?: string }[];
}

type FailureKind = "problem" | "network" | "stream";

/** A failed call. `status` is 0 when the server was not reached; `detail` is written for people. */
export class ApiError extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail || code);
    this.name = "ApiError";
  }
}

/** The error of a response that is not 2xx. A body that is no problem document leaves `detail` empty. */
export async function readProblem(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ProblemDocument | null;
  const fields = body?.errors?.map((error) => error.detail).filter(Boolean) ?? [];
  const detail = typeof body?.detail === "string" ? body.detail : fields.join(" ");
  return new ApiError(
    "problem",
    response.status,
    body?.code ?? `http_${response.status}`,
    detail || (body?.title ?? ""),
  );
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("network", 0, "network", "");
}
