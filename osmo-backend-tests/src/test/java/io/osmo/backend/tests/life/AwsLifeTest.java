// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

class AwsLifeTest extends LifeContract {
    AwsLifeTest() {
        super("aws");
    }
}
