/** Files both ways: sent with their progress, and saved by the browser. */
import { address, type CallOptions, headers } from "./client";
import { ApiError, readProblem, toApiError } from "./problem";

interface UploadOptions extends Pick<CallOptions, "token" | "session" | "query" | "signal"> {
  method?: "POST" | "PUT";
  /** Told how much is sent, 0 to 1. */
  onProgress?: (share: number) => void;
}

/** Sends a form with files. `fetch` does not tell how far it is, so this is the older request. @throws {ApiError} */
export function upload<T>(path: string, form: FormData, options: UploadOptions = {}): Promise<T> {
  const { method = "POST", query, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address(path, query));
    headers(options).forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(toApiError(null));
    request.onabort = () => reject(new ApiError("network", 0, "aborted", ""));
    request.onload = async () => {
      const response = new Response(request.responseText, { status: request.status });
      if (response.ok) resolve((await response.json()) as T);
      else reject(await readProblem(response));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** Lets the browser save what a call brought. */
export async function save(response: Response, name: string): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the download has begun by then
}
