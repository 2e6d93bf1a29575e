// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.azure.identity.CredentialUnavailableException;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.NoAnswer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns what Azure answers into the errors that all clouds share, as {@link AzureErrorTable} says. */
public final class AzureErrors {
    /** Advice of the SDK after each credential of its chain, and credentials of editors, which no host of this library has. */
    private static final Pattern ADVICE = Pattern.compile(
            "(To mitigate this issue|For more details|See the troubleshooting guide|Please (see|refer to|login)|You may also|"
                    + "This authentication is supported)[^\\n]*?(\\bhttps?://\\S+|\\. |$)( for more information\\.)?"
                    + "|\\s*https://aka\\.ms/azsdk/\\S+"
                    + "|^(IntelliJ|Visual Studio Code|azure-identity-broker|Encountered error when deserializing)[^\\n]*$",
            Pattern.MULTILINE);

    private static final Pattern LINES = Pattern.compile("\\s*\\R+\\s*");

    private AzureErrors() {}

    /** Whether a code says that the subscription has not switched a resource provider on. */
    static boolean isUnregistered(String code) {
        return code.equals("MissingSubscriptionRegistration") || code.equals("SubscriptionNotRegistered");
    }

    static CloudException refused(String operation, int status, Map<String, String> headers, String body) {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (CloudException notJson) {
            json = Json.object();
        }
        JsonNode error = json.has("error") && json.get("error").isObject() ? json.get("error") : json;
        JsonNode inner = innermost(error);
        String http = "HTTP-" + status;
        String code = inner.path("code").asText("");
        String message = inner.path("message").asText("");
        CloudException refusal = NearestRegion.of(
                AzureErrorTable.table()
                        .translate(
                                operation,
                                List.of(
                                        code.isEmpty() ? http : code,
                                        error.path("code").asText(http),
                                        http),
                                message.isEmpty() ? "HTTP status " + status : message)
                        .requestId(headers.get("x-ms-correlation-request-id"))
                        .build(),
                message);
        return Answer.retryAfter(headers).map(refusal::after).orElse(refusal);
    }

    /** ARM wraps the error of a service in its own; the innermost one says what is wrong. */
    static JsonNode innermost(JsonNode error) {
        JsonNode current = error;
        while (current.path("details").isArray()
                && current.path("details").size() > 0
                && current.path("details").get(0).has("code")) {
            current = current.path("details").get(0);
        }
        return current;
    }

    static CloudException noAnswer(String operation, RuntimeException failure) {
        return AzureErrorTable.table().noAnswer(operation, failure);
    }

    /** No credential of the chain works, or the directory that they ask does not answer. */
    public static CloudException noCredential(String operation, RuntimeException failure) {
        boolean exhausted = failure instanceof CredentialUnavailableException;
        if (!exhausted && NoAnswer.isReason(failure) && NoAnswer.of(failure) != NoAnswer.CONNECTION_LOST) {
            return noAnswer(operation, failure);
        }
        return AzureErrorTable.table()
                .translate(operation, List.of(AzureErrorTable.NO_CREDENTIALS), "no credential works: " + said(failure))
                .cause(failure)
                .build();
    }

    private static String said(RuntimeException failure) {
        String plain = ADVICE.matcher(String.valueOf(failure.getMessage())).replaceAll("");
        return LINES.matcher(plain.strip()).replaceAll(" ");
    }

    static CloudError classify(int status, String code, String message) {
        return AzureErrorTable.table()
                .row(List.of(code, "HTTP-" + status), message)
                .error();
    }
}
