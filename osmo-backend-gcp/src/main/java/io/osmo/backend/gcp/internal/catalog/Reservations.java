// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import io.osmo.backend.gcp.internal.Project;
import java.util.List;
import java.util.Map;

/**
 * Reservations in the projects that a spec names; an attachment of every inventory of a spec that names some.
 *
 * @param project of the backend
 * @param unread why the reservations of a project could not be read, by project
 */
public record Reservations(Project project, List<Reservation> all, Map<String, String> unread) {
    public Reservations {
        all = List.copyOf(all);
        unread = Map.copyOf(unread);
    }

    public Reservation.Ref ref(String text) {
        return Reservation.Ref.of(text, project.id());
    }

    /** Those of one name in all zones. */
    public List<Reservation> named(Reservation.Ref ref) {
        return all.stream().filter(each -> each.ref().equals(ref)).toList();
    }
}
