// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** OSMO finds nodes by this label and pods by the node's name. Where they differ, it counts no usage. */
public final class HostnameLabel extends AbstractCheck {

    public HostnameLabel() {
        super(
                "node.hostname-label",
                "a label kubernetes.io/hostname that equals the node's name",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> n.label("kubernetes.io/hostname").equals(n.name()),
                        n -> n.label("kubernetes.io/hostname").isEmpty()
                                ? "no label kubernetes.io/hostname"
                                : "kubernetes.io/hostname=" + n.label("kubernetes.io/hostname"),
                        "Let the kubelet set the label: remove --hostname-override, or whatever overwrites the label."));
    }
}
