// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;

/** A response body with its status. */
public record Answer(int status, JsonNode body) {}
