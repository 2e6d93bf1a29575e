// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A rendered object that Helm would create at certain events only.
 *
 * @param object all of it
 */
public record Hook(String kind, String name, List<String> events, JsonNode object) {}
