// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes who can reach the Kubernetes API. Default: in production only the network of the cluster; in development the
 * whole internet (the API still asks for credentials). Not safe for concurrent use.
 */
public final class ApiEndpointBuilder {
    private static final String INTERNET = "0.0.0.0/0";

    private @Nullable Boolean publicAccess;
    private List<String> publicCidrs = List.of();

    ApiEndpointBuilder() {}

    static ApiEndpointBuilder of(ApiEndpoint endpoint) {
        ApiEndpointBuilder builder = new ApiEndpointBuilder();
        builder.publicAccess = endpoint.publicAccess();
        builder.publicCidrs = endpoint.publicCidrs();
        return builder;
    }

    /**
     * Allows these IPv4 ranges to reach the API over the internet, in addition to the network of the cluster. In production at
     * least one range is required and {@code 0.0.0.0/0} is refused; in development no ranges means everyone.
     */
    public ApiEndpointBuilder publicAccess(String... cidrs) {
        publicAccess = true;
        publicCidrs = List.of(cidrs);
        return this;
    }

    /** Allows only the network of the cluster to reach the API. An apply must then run inside that network or be connected to it. */
    public ApiEndpointBuilder privateOnly() {
        publicAccess = false;
        publicCidrs = List.of();
        return this;
    }

    ApiEndpoint draft(Profile profile) {
        boolean open = publicAccess != null ? publicAccess : profile == Profile.DEVELOPMENT;
        boolean everyone = open && publicCidrs.isEmpty() && profile == Profile.DEVELOPMENT;
        return ImmutableApiEndpoint.builder()
                .publicAccess(open)
                .publicCidrs(everyone ? List.of(INTERNET) : publicCidrs)
                .build();
    }
}
