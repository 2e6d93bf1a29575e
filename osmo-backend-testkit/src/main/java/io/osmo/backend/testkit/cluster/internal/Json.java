// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The one mapper of the API servers. */
public final class Json {
    public static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}
}
