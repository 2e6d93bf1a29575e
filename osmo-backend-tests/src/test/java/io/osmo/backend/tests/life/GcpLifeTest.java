// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

class GcpLifeTest extends LifeContract {
    GcpLifeTest() {
        super("gcp");
    }
}
