// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

class AzureLifeTest extends LifeContract {
    AzureLifeTest() {
        super("azure");
    }
}
