// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.registry;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalogue.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** RG-2: a Secret that no pod names is not used, and pods that name a missing Secret cannot pull images. */
public final class PullSecretAttached extends OperatorCheck {

    public PullSecretAttached() {
        super(
                "registry.pull-secret-attached",
                "existing image pull secrets on OSMO's operator, one of them for its registry",
                Requirement.RG_2,
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        List<String> read = List.of(
                evidence.expectations().operatorNamespace(),
                evidence.expectations().workflowNamespace());
        for (WorkloadFacts deployment : deployments) {
            if (!read.contains(deployment.namespace())) {
                return unknown("Secrets in " + deployment.namespace() + " are not read: the operator is expected in "
                        + read.get(0));
            }
        }
        return given(evidence.snapshot().core().secrets(), secrets -> {
            Set<String> there =
                    secrets.stream().map(s -> s.namespace() + "/" + s.name()).collect(Collectors.toSet());
            return each(
                    deployments,
                    "deployments",
                    d -> problem(evidence, d, there).isEmpty(),
                    d -> problem(evidence, d, there),
                    "Set global.imagePullSecret in the chart to a Secret in the operator's namespace.");
        });
    }

    private static String problem(Evidence evidence, WorkloadFacts deployment, Set<String> there) {
        List<String> attached = OsmoOperator.template(deployment).pullSecrets();
        for (String name : attached) {
            if (!there.contains(deployment.namespace() + "/" + name)) {
                return "secret " + name + " does not exist";
            }
        }
        String host = OsmoOperator.main(deployment).image().replaceFirst("/.*", "");
        return evidence.expectations().pullSecrets().stream()
                .filter(p -> p.host().equals(host) && !attached.contains(p.secretName()))
                .map(p -> "secret " + p.secretName() + " for " + host + " is not attached")
                .findFirst()
                .orElse("");
    }
}
