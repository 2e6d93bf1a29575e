// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the status codes of the service mean. They are those of its framework: what is absent is an internal error, and a wrong token a
 * bad request.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/core/service.py">handlers of the service</a>
 */
final class ServiceErrors {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final int QUOTED = 1_000;
    private static final Pattern ABSENT = Pattern.compile("\\bnot found\\b|\\bdoes not exist\\b");
    private static final String INTERNAL = "Internal server error: ";

    private ServiceErrors() {}

    /** The answer, if the call succeeded. */
    static ServiceAnswer required(ServiceAnswer answer) {
        if (answer.succeeded()) {
            return answer;
        }
        String said = said(answer);
        throw switch (answer.status()) {
            case 401 ->
                of(
                        OsmoServiceError.LOGIN_REFUSED,
                        answer,
                        "the session was refused",
                        "Make sure that nothing between here and the service removes the header Authorization.");
            case 403 ->
                of(
                        OsmoServiceError.DENIED,
                        answer,
                        "denied: " + said,
                        "Use a token with a role that allows this call."
                                + " The role osmo-backend may only list pools and read backends and pools.");
            case 409 ->
                of(
                        OsmoServiceError.DECLARED_BY_FILE,
                        answer,
                        said,
                        "The service takes its configuration from the values of its chart. Change these and upgrade it:"
                                + " osmo.values(spec).serviceYaml() prints what belongs there.");
            case 400, 422 ->
                ABSENT.matcher(said).find()
                        ? absent(answer, said)
                        : of(OsmoServiceError.REFUSED, answer, said, "Correct what the service names.");
            case 500 ->
                ABSENT.matcher(said).find()
                        ? absent(answer, said)
                        : of(
                                OsmoServiceError.FAILED,
                                answer,
                                said,
                                "See the logs of the OSMO service, then call again.");
            case 429, 502, 503, 504 ->
                of(
                        OsmoServiceError.UNAVAILABLE,
                        answer,
                        said,
                        "Wait until the OSMO service has recovered, then call again.");
            default -> unexpected(answer, said);
        };
    }

    private static OsmoServiceException absent(ServiceAnswer answer, String said) {
        return of(
                OsmoServiceError.NOT_FOUND,
                answer,
                said,
                "Make sure that the name is right and that the service declares it.");
    }

    /** A login that failed. A refusal is a 400. */
    static OsmoServiceException ofLogin(ServiceAnswer answer) {
        String said = said(answer);
        if (answer.status() == 400 || answer.status() == 401 || answer.status() == 403) {
            return of(
                    OsmoServiceError.LOGIN_REFUSED,
                    answer,
                    said,
                    "Give both sides the same token: the Secret in the backend's cluster and the one of the service must hold"
                            + " the same bytes, and no other backend the same token. A token of 6.3 may also have expired.");
        }
        // The framework quotes what it could not validate, which is the token here, in a spelling of its own.
        return answer.status() == 422 ? unexpected(answer, "the login was not understood") : failure(answer);
    }

    private static OsmoServiceException failure(ServiceAnswer answer) {
        try {
            required(answer);
        } catch (OsmoServiceException e) {
            return e;
        }
        return unexpected(answer, "a login that neither failed nor succeeded");
    }

    static OsmoServiceException unexpected(ServiceAnswer answer, String what) {
        return of(
                OsmoServiceError.UNEXPECTED_ANSWER,
                answer,
                what,
                "Make sure that the URL is that of the gateway of an OSMO service of a release that this library knows.");
    }

    private static OsmoServiceException of(
            OsmoServiceError error, ServiceAnswer answer, String message, String remedy) {
        return new OsmoServiceException(error, answer.operation(), answer.status(), message, remedy, null);
    }

    /** The service's own words; of what is no JSON only its first characters, since gateways answer with pages. */
    private static String said(ServiceAnswer answer) {
        String said = message(answer.body()).orElse(answer.body()).strip();
        String plain = said.startsWith(INTERNAL) ? said.substring(INTERNAL.length()) : said;
        if (plain.isEmpty() || plain.startsWith("<")) {
            return "HTTP status " + answer.status() + (plain.isEmpty() ? "" : " with a page");
        }
        return plain.length() <= QUOTED ? plain : plain.substring(0, QUOTED) + "…";
    }

    private static Optional<String> message(String body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            JsonNode message = tree.has("message") ? tree.get("message") : tree.path("detail");
            return message.isTextual() ? Optional.of(message.asText()) : Optional.of(message.toString());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
