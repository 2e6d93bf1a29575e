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
     * Lets these IPv4 ranges reach the API over the internet, in addition to the network of the cluster. Production demands ranges
     * and refuses {@code 0.0.0.0/0}; development without ranges means everyone.
     */
    public ApiEndpointBuilder publicAccess(String... cidrs) {
        publicAccess = true;
        publicCidrs = List.of(cidrs);
        return this;
    }

    /** Lets nothing but the network of the cluster reach the API; the applier must then run inside or be connected to it. */
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
