// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Compute Engine answers requests beyond its rate limits with 403, as if a permission were missing.
 *
 * @see <a href="https://github.com/hashicorp/terraform-provider-google/issues/8360">such an answer to a read</a>
 */
public final class RateLimit {
    private static final int TOO_MANY_REQUESTS = 429;

    private static final int FORBIDDEN = 403;
    private static final Pattern REASON =
            Pattern.compile("\"reason\"\\s*:\\s*\"((user)?rate_?limit_?exceeded)\"", Pattern.CASE_INSENSITIVE);

    private RateLimit() {}

    /** Whether the reason of an answer is a rate limit, in the older or the newer spelling. */
    static boolean isReason(String reason) {
        String plain = reason.toLowerCase(Locale.ROOT).replace("_", "");
        return plain.equals("ratelimitexceeded") || plain.equals("userratelimitexceeded");
    }

    /** The status that other services give for what an answer says; only for that one gax repeats reads. */
    public static int status(HttpResponse<byte[]> answer) {
        boolean limited = answer.statusCode() == FORBIDDEN
                && REASON.matcher(new String(answer.body(), StandardCharsets.UTF_8))
                        .find();
        return limited ? TOO_MANY_REQUESTS : answer.statusCode();
    }
}
