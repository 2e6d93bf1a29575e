// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.provider.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What keeps an object that is being deleted: its finalizers, and what is left in a namespace. Only their owners can remove that, so
 * people have to know. Pure.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/">finalizers</a>
 */
final class Held {
    private static final int LONGEST = 500;

    private Held() {}

    static Readiness deleting(HasMetadata object) {
        String left = object instanceof Namespace namespace ? left(namespace) : "";
        List<String> finalizers =
                Optional.ofNullable(object.getMetadata().getFinalizers()).orElse(List.of());
        String held = finalizers.isEmpty() ? "" : "held by the finalizers " + String.join(", ", finalizers);
        String why = left.isEmpty() || held.isEmpty() ? left + held : held + "; " + left;
        return new Readiness(
                Readiness.Status.DELETING, why.isEmpty() ? "" : "being deleted: " + PlainText.of(why, LONGEST));
    }

    /** All conditions of a namespace speak of its deletion. */
    private static String left(Namespace namespace) {
        return Optional.ofNullable(namespace.getStatus()).map(NamespaceStatus::getConditions).orElse(List.of()).stream()
                .filter(condition -> "True".equals(condition.getStatus()) && condition.getMessage() != null)
                .map(NamespaceCondition::getMessage)
                .collect(Collectors.joining("; "));
    }
}
