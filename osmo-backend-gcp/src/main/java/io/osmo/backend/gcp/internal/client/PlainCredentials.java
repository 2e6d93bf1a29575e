// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import com.google.auth.Credentials;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Credentials for an endpoint without TLS. gRPC sends Google's own credentials over TLS only, whatever the host has configured; others are
 * sent over any channel.
 */
public final class PlainCredentials extends Credentials {
    @Serial
    private static final long serialVersionUID = 1;

    private final Credentials own;

    public PlainCredentials(Credentials own) {
        this.own = own;
    }

    @Override
    public String getAuthenticationType() {
        return own.getAuthenticationType();
    }

    @Override
    public String getUniverseDomain() throws IOException {
        return own.getUniverseDomain();
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(URI uri) throws IOException {
        return own.getRequestMetadata(uri);
    }

    @Override
    public boolean hasRequestMetadata() {
        return own.hasRequestMetadata();
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return own.hasRequestMetadataOnly();
    }

    @Override
    public void refresh() throws IOException {
        own.refresh();
    }
}
