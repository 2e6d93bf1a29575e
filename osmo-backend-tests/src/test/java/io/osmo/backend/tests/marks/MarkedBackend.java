// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.marks;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.List;

/** A backend of one cloud with every kind of resource that carries marks, and pools of a later generation. */
interface MarkedBackend {
    EmulatedCloud cloud(EmulatedClouds clouds);

    /** What is applied first. */
    BackendSpec first();

    /** What is applied after it, which replaces pools. */
    BackendSpec spec();

    /** All marks on what the backend owns. */
    List<Mark> marks(EmulatedClouds clouds);
}
