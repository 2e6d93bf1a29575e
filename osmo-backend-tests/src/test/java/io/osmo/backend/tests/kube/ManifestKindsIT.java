// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.tests.services.KubeApiServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real kube-apiserver. */
class ManifestKindsIT extends ManifestKinds {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    @Override
    ClusterAccess access() {
        return SERVER.access();
    }
}
