// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.auth.Credentials;
import com.google.auth.RequestMetadataCallback;
import java.io.Serial;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Empty credentials. The emulated services do not authenticate callers. */
public final class NoCredentials extends Credentials {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public String getAuthenticationType() {
        return "None";
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(URI uri) {
        return Map.of();
    }

    /** On the calling thread, where virtual time is driven. */
    @Override
    public void getRequestMetadata(URI uri, Executor executor, RequestMetadataCallback callback) {
        callback.onSuccess(Map.of());
    }

    @Override
    public boolean hasRequestMetadata() {
        return false;
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return true;
    }

    @Override
    public void refresh() {}
}
