// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.permission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes a custom role of the project, and one for each other project of which the spec uses something, each with the command that binds
 * it. The project is the smallest place that holds all of a backend: what an apply creates cannot be named before it exists.
 *
 * @see <a href="https://docs.cloud.google.com/iam/docs/creating-custom-roles">IAM: creating custom roles</a>
 */
public final class CustomRoleWriter implements PolicyWriter {
    /** Letters, digits, periods and underscores only. */
    private static final int NAME_LIMIT = 64;

    @Override
    public List<PolicyDocument> write(Request request) {
        String project = request.account()
                .or(() -> request.spec()
                        .flatMap(spec -> GkeSettings.of(spec.settings()).project()))
                .orElse("PROJECT");
        return Stream.concat(
                        Stream.of(Place.own(project, request.actions())),
                        request.spec().stream().flatMap(spec -> Place.others(spec, project).stream()))
                .map(place -> document(request, place))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .toList();
    }

    private static Optional<PolicyDocument> document(Request request, Place place) {
        SortedSet<String> actions = new TreeSet<>(request.actions());
        actions.retainAll(place.actions());
        if (actions.isEmpty()) {
            return Optional.empty();
        }
        String name = Names.shortened(
                        "osmo-" + request.ref().name() + "-" + request.ref().region() + "-"
                                + request.use().word()
                                + (place.name().isEmpty() ? "" : "-" + place.name()),
                        NAME_LIMIT)
                .replace('-', '_');
        ObjectNode role = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "title",
                        "OSMO backend " + request.ref().name() + ": "
                                + request.use().word()
                                + (place.name().isEmpty() ? "" : ", " + place.name()))
                .put("description", "What osmo-backend calls, and nothing else")
                .put("stage", "GA");
        actions.forEach(role.withArray("/includedPermissions")::add);
        return Optional.of(new PolicyDocument(
                name,
                "gcloud iam roles create " + name + " --project=" + place.project() + " --file=FILE && " + place.bind()
                        + " --member=MEMBER --role=projects/" + place.project() + "/roles/" + name,
                role.toPrettyString()));
    }
}
