// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.util.Optional;

/**
 * The metadata server of a virtual machine in Google Cloud, from which clients without other credentials get a token and the project.
 * They find it by the variable {@code GCE_METADATA_HOST}.
 *
 * @see <a href="https://docs.cloud.google.com/compute/docs/metadata/predefined-metadata-keys">Predefined metadata keys</a>
 */
final class MetadataServer {
    private static final String FLAVOR = "Metadata-Flavor";
    private static final String GOOGLE = "Google";
    private static final String ROOT = "/computeMetadata/v1/";
    private static final String ACCOUNT = ROOT + "instance/service-accounts/default/";
    private static final int VALID_SECONDS = 3600;

    private final String project;
    private final long number;

    MetadataServer(String project, long number) {
        this.project = project;
        this.number = number;
    }

    /** Empty if the request is not for this server. */
    Optional<HttpReply> answer(HttpCall call) {
        String path = call.uri().getPath();
        if (!path.equals("/") && !path.startsWith("/computeMetadata/")) {
            return Optional.empty();
        }
        return Optional.of((call.header("metadata-flavor").equals(GOOGLE) ? value(path) : reply(403, "Forbidden"))
                .with(FLAVOR, GOOGLE));
    }

    private HttpReply value(String path) {
        return switch (path) {
            case "/" -> reply(200, "computeMetadata/\n");
            case ROOT + "project/project-id" -> reply(200, project);
            case ROOT + "project/numeric-project-id" -> reply(200, String.valueOf(number));
            case ROOT + "universe/universe-domain" -> reply(200, "googleapis.com");
            case ACCOUNT + "email" -> reply(200, number + "-compute@developer.gserviceaccount.com");
            case ACCOUNT + "token" ->
                HttpReply.json(
                        200,
                        "{\"access_token\":\"emulated\",\"expires_in\":" + VALID_SECONDS
                                + ",\"token_type\":\"Bearer\"}");
            default -> reply(404, "Not Found");
        };
    }

    private static HttpReply reply(int status, String text) {
        return HttpReply.of(status, "application/text", text);
    }
}
