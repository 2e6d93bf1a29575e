// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import io.osmo.backend.testkit.internal.gcp.GcpModels;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The GKE provider keeps the contract, and each of its requests the vendor's description. */
class GcpProviderContractTest extends ProviderContract {
    private final GcpModels models = GcpModels.create();

    @Override
    protected EmulatedCloud cloud(VirtualTime time) {
        return EmulatedGcp.builder(time).inspector(models).build();
    }

    @AfterEach
    void requests_keep_the_descriptions() {
        assertThat(models.violations()).isEmpty();
    }

    @Override
    protected BackendSpec spec(int pools) {
        return backend("gcp", "us-central1", "n2-standard-8", pools);
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        return usualChanges("n2-standard-16", "n1-standard-4-nvidia-t4");
    }

    @Override
    protected Set<String> singleReads() {
        return Set.of(
                "cloudkms.GetIamPolicy",
                "cloudresourcemanager.GetIamPolicy",
                "cloudresourcemanager.GetProject",
                "container.FetchClusterUpgradeInfo",
                "container.GetServerConfig",
                "serviceusage.BatchGetServices");
    }

    @Override
    protected Set<String> spareActions() {
        return Set.of(
                "cloudkms.cryptoKeyVersions.create",
                "cloudkms.cryptoKeyVersions.restore",
                "cloudkms.cryptoKeyVersions.update",
                "cloudkms.cryptoKeys.update",
                "compute.routers.update",
                "compute.subnetworks.setPrivateIpGoogleAccess",
                "compute.subnetworks.update",
                "gkebackup.backupPlans.update",
                "iam.serviceAccounts.enable");
    }

    /** Key rings and keys cannot be deleted; the versions of a key wait for their destruction. */
    @Override
    protected boolean mayRemain(String line) {
        return line.startsWith("key-ring ")
                || line.startsWith("key ")
                || line.startsWith("key-version ") && line.endsWith("DESTROY_SCHEDULED");
    }
}
