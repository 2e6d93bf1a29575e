// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;

/**
 * SC-1: every cloud encrypts etcd; what counts is who holds the key. A production backend without a customer-managed key fails, because
 * the requirement asks for one. Use a waiver to accept that.
 */
public final class EtcdEncryption extends AbstractCheck {

    public EtcdEncryption() {
        super(
                "control-plane.etcd-encryption",
                "Secrets encrypted with an enabled customer-managed key",
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
                                CloudServices.remedy(evidence.snapshot(), Remedy.ENCRYPT_SECRETS));
                    }
                    return key.get().enabled()
                            ? pass("customer-managed key " + key.get().id())
                            : breach(
                                    Severity.ERROR,
                                    "key " + key.get().id() + " is not enabled",
                                    "Enable the key, or cancel its deletion, before the API server needs it.");
                }));
    }
}
