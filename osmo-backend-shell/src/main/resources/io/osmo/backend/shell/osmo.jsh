// java -jar osmo-backend-shell.jar shell > osmo.jsh
// jshell --class-path osmo-backend-shell.jar --startup DEFAULT --startup osmo.jsh
import io.osmo.backend.*;
import io.osmo.backend.cluster.*;
import io.osmo.backend.error.*;
import io.osmo.backend.event.*;
import io.osmo.backend.plan.*;
import io.osmo.backend.resource.*;
import io.osmo.backend.spec.*;
import io.osmo.backend.testkit.*;
import io.osmo.backend.verify.*;
import io.osmo.backend.verify.check.*;
import io.osmo.backend.verify.report.*;
import io.osmo.backend.verify.snapshot.*;

// Emulated clouds in virtual time. For real clouds: osmo = OsmoBackends.open()
var clouds = EmulatedClouds.create();
var osmo = clouds.open();
