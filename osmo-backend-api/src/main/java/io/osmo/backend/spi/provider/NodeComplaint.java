// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.diagnosis.Cause;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A problem that the kubelet of a node that is not ready reports in an event. The same on all clouds.
 *
 * @param <F> evidence that only one cloud has
 * @param pattern pattern of the reason of an event
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/events/event.go">Kubernetes: events of kubelets</a>
 */
public record NodeComplaint<F>(String id, Pattern pattern, String text, String remedy) implements JoinCause<F> {
    /** All known problems. */
    public static <F> List<JoinCause<F>> all() {
        return List.of(
                new NodeComplaint<>(
                        "node-disk-full",
                        Pattern.compile("FreeDiskSpaceFailed|ImageGCFailed"),
                        "The disk of a node is full.",
                        "Raise diskGib of the pool, and look at what fills the disk: kubectl describe node."),
                new NodeComplaint<>(
                        "node-out-of-memory",
                        Pattern.compile("SystemOOM"),
                        "A node has run out of memory, and its kernel ended processes.",
                        "Name a type with more memory, or limit the memory of what runs there."));
    }

    @Override
    public Optional<Cause> in(JoinEvidence<F> evidence) {
        return evidence.nodes().known().stream()
                .flatMap(nodes -> nodes.complaints().stream())
                .filter(event -> pattern.matcher(event.reason()).matches())
                .map(event -> new Cause(id, text, remedy))
                .findFirst();
    }
}
