// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.internal.http.HttpCall;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The region and service that a request is signed for. An endpoint for all of them can distinguish requests only by this.
 *
 * @param service the name that the service signs with, such as {@code eks}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a signed AWS API
 *     request</a>
 */
record CredentialScope(String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern HEADER = Pattern.compile("Credential=([^,\\s]+)");
    private static final Pattern SCOPE = Pattern.compile("[^/]+/[0-9]{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request");

    /** @throws WireRefusal if the request is not signed */
    static CredentialScope of(HttpCall call, Map<String, List<String>> query) {
        String header = call.header("authorization");
        List<String> presigned = query.getOrDefault("X-Amz-Credential", List.of());
        if (header.isEmpty() && presigned.isEmpty()) {
            throw new WireRefusal(403, "MissingAuthenticationToken", "Missing Authentication Token");
        }
        Matcher credential = HEADER.matcher(header);
        String text = !presigned.isEmpty()
                ? presigned.get(0)
                : header.startsWith(ALGORITHM + " ") && credential.find() ? credential.group(1) : "";
        Matcher scope = SCOPE.matcher(text);
        if (!scope.matches()) {
            throw new WireRefusal(
                    403,
                    "IncompleteSignature",
                    "The request has to be signed with " + ALGORITHM
                            + "; its credential scope is missing or malformed.");
        }
        return new CredentialScope(scope.group(1), scope.group(2));
    }
}
