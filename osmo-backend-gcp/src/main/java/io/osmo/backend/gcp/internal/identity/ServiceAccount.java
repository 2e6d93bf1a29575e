// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;

/** A service account as IAM describes it. */
public record ServiceAccount(String email, String description, boolean disabled) {
    public static ServiceAccount of(JsonNode json) {
        return new ServiceAccount(
                json.path("email").asText(),
                json.path("description").asText(),
                json.path("disabled").asBoolean());
    }
}
