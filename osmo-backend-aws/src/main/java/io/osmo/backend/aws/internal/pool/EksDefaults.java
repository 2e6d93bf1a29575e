// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.Optional;

/** What EKS does by default. Images of one family contain the same on all architectures. */
public final class EksDefaults implements ServiceDefaults {
    public static final ServiceDefaults INSTANCE = new EksDefaults();

    private EksDefaults() {}

    @Override
    public Optional<GpuStack> gpuStack(BackendSpec spec) {
        return EksGpuStack.of(EksSettings.of(spec.settings())).known();
    }

    @Override
    public boolean enforcesNetworkPolicies() {
        return true;
    }
}
