// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/**
 * SC-1: clouds encrypt etcd anyway, EKS of 1.28 and newer by an envelope of its own as well; what counts is who holds the key. A
 * production backend without one of the customer's fails, as the requirement asks for it; whoever accepts that waives it.
 */
public final class EtcdEncryption extends AbstractCheck {

    private static final CloudCommand GIVE_KEY = new CloudCommand(
            "aws eks associate-encryption-config --region REGION --cluster-name NAME"
                    + " --encryption-config '[{\"resources\":[\"secrets\"],\"provider\":{\"keyArn\":\"KEY\"}}]'",
            "gcloud container clusters update NAME --location REGION --database-encryption-key KEY",
            "az aks update --resource-group GROUP --name NAME --enable-azure-keyvault-kms"
                    + " --azure-keyvault-kms-key-id KEY");

    public EtcdEncryption() {
        super(
                "control-plane.etcd-encryption",
                "Secrets encrypted with a key of the customer that is enabled",
                Requirement.SC_1,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane(),
                plane -> given(plane.secretsKey(), key -> {
                    if (key.isEmpty()) {
                        return breach(
                                evidence.expectations().production() ? Severity.ERROR : Severity.WARNING,
                                "only the cloud holds the key",
                                GIVE_KEY.on(evidence));
                    }
                    return key.get().enabled()
                            ? pass("customer key " + key.get().id())
                            : breach(
                                    Severity.ERROR,
                                    "key " + key.get().id() + " is not enabled",
                                    "Enable the key, or cancel its deletion, before the API server needs it.");
                }));
    }
}
