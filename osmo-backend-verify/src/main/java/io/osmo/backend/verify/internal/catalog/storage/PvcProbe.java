// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.VolumeProbeFacts;
import java.util.function.Function;

/** In each zone a claim of the default class binds, and a pod can write to the volume and read from it. */
public final class PvcProbe extends ProbeCheck {
    public PvcProbe() {
        super(
                "storage.pvc-probe",
                "a volume claim that binds and that a pod can write to",
                Requirement.ST_2,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return all(
                facts.volumes(),
                "zones",
                VolumeProbeFacts::refusal,
                String::isEmpty,
                Function.identity(),
                refusal -> "Check the default StorageClass and the CSI driver: kubectl get storageclass; kubectl -n"
                        + " kube-system get pods.");
    }
}
