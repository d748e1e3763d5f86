"""Certificates for criminal-history data."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Who recorded it is what the database itself knows of the asker; what has ended stays ended.
GUARD = """
CREATE FUNCTION wall.history_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.recorded_by_id := coalesce((SELECT wall.own_account()), NEW.recorded_by_id);
    ELSIF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE check_violation USING MESSAGE = 'a certificate that was ended stays ended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT OR UPDATE ON access_historycertificate
    FOR EACH ROW EXECUTE FUNCTION wall.history_guard();
"""
UNGUARD = """
DROP TRIGGER signed ON access_historycertificate;
DROP FUNCTION wall.history_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0025_retention_consents'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoryCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('screened_on', models.DateField()),
                ('certified_on', models.DateField()),
                ('certified_until', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-certified_until', '-id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account', 'agency'), name='one_history_certificate_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('certified_until__gte', models.F('certified_on')), ('certified_until__lte', models.Func(models.F('certified_on'), output_field=models.DateTimeField(), template="(%(expressions)s + interval '24 months')"))), name='history_certificate_lasts_two_years_at_most'),
                    models.CheckConstraint(condition=models.Q(('screened_on__lte', models.F('certified_on'))), name='screened_before_certified'),
                    models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='history_certificate_says_its_source'),
                    models.CheckConstraint(condition=models.Q(('recorded_by', None), models.Q(('recorded_by', models.F('account')), _negated=True), _connector='OR'), name='nobody_records_their_own_history_certificate'),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
